using System.Text;
using Analyzer.Facts.Resources;

namespace Analyzer.Tests.Terraform;

/// <summary>
/// Files of the samples and of the summaries, changed at random: whatever is in a repository, loading it ends without a defect and within a time and a memory that its size allows.
/// Other tests allocate at the same time, so what seems too much is loaded again: the least that goes by is its own.
/// Each round changes two files. <c>PULLPATH_ROUNDS=1000000</c> goes on for longer.
/// </summary>
public class AnyRepositoryTests
{
    private const int Rounds = 10_000;
    private const long MemoryLimit = 256L * 1024 * 1024;

    private static readonly string[] Pieces =
    [
        "var.x", "local.a", "each.key", "count.index", "[*]", "...", "${", "}", "{", "[", "(", "\"", "<<E\n", "null", "for k, v in ", "try(", "merge(", "toset(", "jsondecode(", " ? ", " : ", "1e999",
        "count = var.n\n", "for_each = local.all\n", "dynamic \"b\" {\n", "module \"m\" {\n  source = \"./m\"\n}\n", "provider = aws.x\n", "depends_on = [module.m]\n", "\n", "\u00e9", "\0", "resource \"a\" \"b\" {\n",
    ];

    [Fact]
    public void Any_change_of_any_file_is_loaded()
    {
        var texts = Directory.GetFiles(Path.Join(Golden.Root, "samples"), "*.tf", SearchOption.AllDirectories)
            .Concat(Directory.GetFiles(Path.Join(Golden.Root, "modules"), "*.tf", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal).Select(path => File.ReadAllText(path)).Where(text => text.Length < 6000).ToList();
        var random = new Random(7);
        var rounds = int.TryParse(Environment.GetEnvironmentVariable("PULLPATH_ROUNDS"), out var more) ? more : Rounds;
        for (var round = 0; round < rounds; round++)
        {
            var (main, module) = (Changed(texts, random), Changed(texts, random));
            var values = round % 3 == 0 ? main : "x = 1";
            var watch = System.Diagnostics.Stopwatch.StartNew();
            var loaded = Load(main, module, values, out var memory);
            var elapsed = watch.Elapsed;
            for (var again = 0; memory > MemoryLimit && again < 5; again++)
            {
                _ = Load(main, module, values, out var less);
                memory = Math.Min(memory, less);
            }

            var defect = loaded.Problems.FirstOrDefault(problem => problem.Code == "internal-error")?.Message
                ?? (elapsed > Patience.Of ? $"it takes {elapsed}" : memory > MemoryLimit ? $"it allocates {memory} bytes" : null);
            if (defect is not null)
            {
                Assert.Fail($"round {round}: {defect}\n{main}\n--- m/main.tf\n{module}");
            }
        }
    }

    private static Loaded Load(string main, string module, string values, out long memory)
    {
        var before = GC.GetTotalAllocatedBytes();
        var loaded = new Loaded([("main.tf", main), ("m/main.tf", module), ("terraform.tfvars", values)], new LoadOptions { Parallelism = 1 });
        memory = GC.GetTotalAllocatedBytes() - before;
        return loaded;
    }

    private static string Changed(List<string> texts, Random random)
    {
        var text = new StringBuilder(texts[random.Next(texts.Count)]);
        for (var change = random.Next(1, 8); change > 0; change--)
        {
            var at = random.Next(text.Length);
            switch (random.Next(4))
            {
                case 0:
                    text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
                case 1:
                    text.Remove(at, Math.Min(random.Next(1, 40), text.Length - at));
                    text.Append('\n');
                    break;
                case 2:
                    var other = texts[random.Next(texts.Count)];
                    var from = random.Next(other.Length);
                    text.Insert(at, other.AsSpan(from, Math.Min(random.Next(200), other.Length - from)));
                    break;
                default:
                    // A name becomes another one, so that things refer to each other in new ways.
                    text.Replace("local.", random.Next(2) == 0 ? "var." : "module.m.", at, Math.Min(400, text.Length - at));
                    break;
            }
        }

        return text.ToString();
    }
}
