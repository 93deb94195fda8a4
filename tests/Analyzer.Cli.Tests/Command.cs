using System.Diagnostics;

namespace Analyzer.Cli.Tests;

/// <summary>Runs the built command as its users do: a process with its streams and its exit status.</summary>
internal sealed record Command(int Status, string Output, string Error)
{
    internal static Command Run(string folder, params string[] arguments) => Run(folder, [], arguments);

    internal static Command Run(string folder, (string Name, string Value)[] environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["NO_COLOR"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        start.ArgumentList.Add(Path.Join(AppContext.BaseDirectory, "pullpath.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Command(process.ExitCode, output, error.Result);
    }
}

/// <summary>A folder with files that goes away with the test.</summary>
internal sealed class Repository : IDisposable
{
    internal Repository(params (string Path, string Text)[] files)
    {
        Folder = Directory.CreateTempSubdirectory("pullpath-").FullName;
        foreach (var (path, text) in files)
        {
            var full = Path.Join(Folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, text);
        }
    }

    internal string Folder { get; }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
