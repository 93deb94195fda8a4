using System.CommandLine;
using Analyzer.Cli.Commands;

namespace Analyzer.Cli;

/// <summary>The command <c>pullpath</c>.</summary>
public static class Program
{
    /// <summary>Version of the product.</summary>
    public static string Version { get; } = typeof(Program).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>Runs the command.</summary>
    public static int Main(string[] arguments)
    {
        // Asked for by scripts and hooks at every start: answered before a command tree is built.
        if (arguments is ["--version"])
        {
            Console.Out.WriteLine(Version);
            return ExitCodes.Clean;
        }

        // Who reads a tree needs a large heap; the others would only start later for it.
        if (arguments is ["check" or "trace" or "model", ..])
        {
            HugePages.UseForHeap();
        }

        try
        {
            // So is what a hook asks for: options that are not given need no parser.
            return arguments is ["check", .. var paths] && Array.TrueForAll(paths, IsPath) ? CheckCommand.Run(new CheckCommand.Settings { Paths = paths }) : Parsed(arguments);
        }
        catch (UsageException wrong)
        {
            Console.Error.WriteLine($"pullpath: {wrong.Message}");
            return ExitCodes.CouldNotRun;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            Console.Error.WriteLine($"pullpath: internal error, please report it: {failure.GetType().Name}: {failure.Message}");
            Console.Error.WriteLine(failure.StackTrace);
            return ExitCodes.CouldNotRun;
        }
    }

    /// <summary>False for what may be an option or a file of further arguments.</summary>
    private static bool IsPath(string argument) => argument.Length > 0 && argument[0] is not ('-' or '@');

    private static int Parsed(string[] arguments)
    {
        var parsed = Commands(arguments).Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            Console.Error.WriteLine($"pullpath: {parsed.Errors[0].Message} (pullpath --help)");
            return ExitCodes.CouldNotRun;
        }

        return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    /// <summary>All commands; only the one that is meant where the first argument names it, because options are the dearest thing a start makes.</summary>
    private static RootCommand Commands(string[] arguments)
    {
        var root = new RootCommand("Proves whether every node can pull every image, before anything is deployed.");
        (string Name, Func<Command> Make)[] all = [("check", CheckCommand.Make), ("trace", TraceCommand.Make), ("explain", ExplainCommand.Make), ("rules", RulesCommand.Make), ("model", ModelCommand.Make)];
        foreach (var (name, make) in all)
        {
            if (arguments.Length == 0 || arguments[0] == name || !Array.Exists(all, each => each.Name == arguments[0]))
            {
                root.Add(make());
            }
        }

        return root;
    }
}
