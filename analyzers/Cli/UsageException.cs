namespace Analyzer.Cli;

/// <summary>The command was called in a way that cannot be answered; the message is one line for the user.</summary>
public sealed class UsageException : Exception
{
    /// <summary>Makes it with its line.</summary>
    public UsageException(string message)
        : base(message)
    {
    }

    /// <summary>Makes it without a line.</summary>
    public UsageException()
    {
    }

    /// <summary>Makes it with its line and cause.</summary>
    public UsageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
