using System.Globalization;
using Analyzer.Rules;
using Newtonsoft.Json;

namespace Analyzer.Benchmarks;

/// <summary>
/// Makes a repository of a large organisation: namespaces of tenants, platform roots with vendored modules, charts, kustomizations, stacks, definitions of custom resources, and files that
/// are none of these; among them defects and near misses, and <c>truth.json</c>, which says what must be found. The same files for the same seed and size; a smaller tree is a part of a
/// larger one.
/// </summary>
internal sealed class ScaleTree
{
    private readonly Action<string, string> _write;
    private readonly int _seed;
    private int _files;
    private long _bytes;

    private ScaleTree(Action<string, string> write, int seed) => (_write, _seed) = (write, seed);

    /// <summary>Writes the tree into a folder that is not there or empty.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="files">About how many files; the shares are those of 100,000.</param>
    /// <param name="seed">Other seeds, other names and sizes.</param>
    /// <param name="rules">The rules whose examples are the defects.</param>
    internal static void Write(string folder, int files, int seed, IReadOnlyList<Rule> rules)
    {
        var tree = Make(Save, files, seed, rules);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{tree._files} files, {tree._bytes / 1e6:F0} MB in {folder}"));

        void Save(string path, string text)
        {
            var file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }
    }

    /// <summary>Makes the tree and hands out each file.</summary>
    internal static ScaleTree Make(Action<string, string> write, int files, int seed, IReadOnlyList<Rule> rules)
    {
        var tree = new ScaleTree(write, seed);
        tree.Put("pullpath.yaml", "");
        tree.Each(5_750, files, tree.Tenant);
        tree.Each(120, files, tree.Root);
        tree.Each(400, files, tree.Chart);
        tree.Each(300, files, tree.Kustomization);
        tree.Each(500, files, tree.Stack);
        tree.Each(1_200, files, tree.Definitions);
        tree.Each(2_000, files, tree.Noise);
        tree.Defects(2_000 * files / 100_000, new ScaleDefects(rules));
        return tree;
    }

    /// <summary>As many defects as near misses, and what must be found.</summary>
    private void Defects(int count, ScaleDefects defects)
    {
        using var text = new StringWriter();
        using var truth = new JsonTextWriter(text) { Formatting = Formatting.Indented };
        truth.WriteStartObject();
        foreach (var isDefect in new[] { true, false })
        {
            truth.WritePropertyName(isDefect ? "defects" : "nearMisses");
            truth.WriteStartArray();
            foreach (var (home, defect) in defects.Take(count, isDefect))
            {
                foreach (var (path, content) in defect.Example.Files)
                {
                    Put($"{home}/{path}", content);
                }

                truth.WriteStartObject();
                Write(truth, "topic", defect.Topic);
                Write(truth, "what", defect.Example.Name);
                Write(truth, "folder", home);
                truth.WritePropertyName("places");
                truth.WriteStartArray();
                foreach (var (path, line) in defect.Example.Places)
                {
                    truth.WriteValue(string.Create(CultureInfo.InvariantCulture, $"{home}/{path}:{line}"));
                }

                truth.WriteEndArray();
                truth.WriteEndObject();
            }

            truth.WriteEndArray();
        }

        truth.WriteEndObject();
        Put("truth.json", text.ToString());

        static void Write(JsonTextWriter truth, string name, string value)
        {
            truth.WritePropertyName(name);
            truth.WriteValue(value);
        }
    }

    private void Each(int share, int files, Action<int, Random> write)
    {
        for (var at = 0; at < Math.Max(1, (long)share * files / 100_000); at++)
        {
            write(at, new Random((_seed * 7_919) + (share * 104_729) + at));
        }
    }

    /// <summary>8 Terraform files, three of them equal in all namespaces, and 6 manifests.</summary>
    private void Tenant(int at, Random random)
    {
        var (home, name) = ($"namespaces/live/team-{at / 25}/app-{at}", $"app-{at}");
        Put($"{home}/resources/versions.tf", ScaleText.Versions);
        Put($"{home}/resources/providers.tf", ScaleText.Providers);
        Put($"{home}/resources/variables.tf", ScaleText.TenantVariables);
        Put($"{home}/resources/main.tf", ScaleText.TenantMain(name, random));
        Put($"{home}/resources/irsa.tf", ScaleText.TenantRole(name));
        Put($"{home}/resources/ecr.tf", ScaleText.Repository(name));
        Put($"{home}/resources/rds.tf", ScaleText.Database(name, random));
        Put($"{home}/resources/outputs.tf", ScaleText.TenantOutputs(name));
        Put($"{home}/00-namespace.yaml", ScaleText.Namespace(name));
        Put($"{home}/01-rbac.yaml", ScaleText.Rbac(name, random));
        Put($"{home}/02-quota.yaml", ScaleText.Quota(name));
        Put($"{home}/deployment.yaml", ScaleText.Deployment(name, name, random));
        Put($"{home}/serviceaccount.yaml", ScaleText.ServiceAccount(name, name));
        Put($"{home}/networkpolicy.yaml", ScaleText.NetworkPolicy(name));
    }

    /// <summary>A root with a cluster of one of three clouds, through three levels of modules of its own copy: 33 files.</summary>
    private void Root(int at, Random random)
    {
        var cloud = at % 4 == 3 ? "gke" : at % 4 == 1 ? "aks" : "eks";
        var home = $"platform/{cloud}/cluster-{at}";
        Put($"{home}/versions.tf", ScaleText.Versions);
        Put($"{home}/variables.tf", ScaleText.RootVariables);
        Put($"{home}/locals.tf", ScaleText.RootLocals(at, random));
        Put($"{home}/main.tf", ScaleText.RootMain(at));
        Put($"{home}/outputs.tf", "output \"cluster\" {\n  value = module.platform.cluster\n}\n");
        foreach (var (path, text) in ScaleText.Modules(cloud))
        {
            Put($"{home}/modules/{path}", text);
        }
    }

    /// <summary>A chart with one below it, 15 templates and two files of values.</summary>
    private void Chart(int at, Random random)
    {
        var home = $"charts/chart-{at}";
        Put($"{home}/Chart.yaml", $"apiVersion: v2\nname: chart-{at}\nversion: 1.{random.Next(20)}.0\ndependencies:\n  - name: part\n    version: 1.0.0\n");
        Put($"{home}/values.yaml", ScaleText.Values($"chart-{at}"));
        Put($"{home}/charts/part/Chart.yaml", "apiVersion: v2\nname: part\nversion: 1.0.0\n");
        Put($"{home}/charts/part/values.yaml", ScaleText.Values("part"));
        for (var template = 0; template < 15; template++)
        {
            Put($"{home}/{(template < 5 ? "charts/part/" : "")}templates/part-{template}.yaml", ScaleText.Template(template));
        }
    }

    /// <summary>A base of 4 manifests with 4 overlays.</summary>
    private void Kustomization(int at, Random random)
    {
        var (home, name) = ($"deploy/service-{at}", $"service-{at}");
        Put($"{home}/base/kustomization.yaml", "resources: [deployment.yaml, service.yaml, serviceaccount.yaml, config.yaml]\n");
        Put($"{home}/base/deployment.yaml", ScaleText.Deployment(name, null, random));
        Put($"{home}/base/service.yaml", $"apiVersion: v1\nkind: Service\nmetadata: {{name: {name}}}\nspec: {{selector: {{app: {name}}}, ports: [{{port: 80}}]}}\n");
        Put($"{home}/base/serviceaccount.yaml", ScaleText.ServiceAccount(name, null));
        Put($"{home}/base/config.yaml", $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: {name}}}\ndata: {{level: info}}\n");
        foreach (var stage in new[] { "dev", "stage", "prod", "dr" })
        {
            Put($"{home}/overlays/{stage}/kustomization.yaml", ScaleText.Overlay(name, stage, random));
            Put($"{home}/overlays/{stage}/patch.yaml", $"apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: {name}}}\nspec: {{replicas: {random.Next(1, 9)}}}\n");
        }
    }

    /// <summary>A stack that nests a network, a cluster and its nodes; two of the four templates are JSON.</summary>
    private void Stack(int at, Random random)
    {
        var home = $"stacks/stack-{at}";
        Put($"{home}/main.yaml", ScaleText.Stack(at));
        Put($"{home}/network.json", ScaleText.StackNetwork(random));
        Put($"{home}/cluster.yaml", ScaleText.StackCluster);
        Put($"{home}/nodes.json", ScaleText.StackNodes);
    }

    /// <summary>Definitions of custom resources, one or many documents: from 20 KB to 1.3 MB, most of them small.</summary>
    private void Definitions(int at, Random random)
    {
        var bytes = (int)(20_000 * Math.Pow(65, Math.Pow(random.NextDouble(), 4)));
        Put($"platform/crds/group-{at / 40}/{at}.yaml", ScaleText.Definitions(at, bytes, at % 10 == 0 ? 300 : 1));
    }

    private void Noise(int at, Random random)
    {
        var (path, text) = ScaleText.Noise(at, random);
        Put($"misc/{at / 100}/{path}", text);
    }

    private void Put(string path, string text)
    {
        _write(path, text);
        _files++;
        _bytes += text.Length;
    }
}
