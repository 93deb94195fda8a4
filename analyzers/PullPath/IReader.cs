namespace Analyzer.PullPath;

/// <summary>Reads one concept of one cloud out of the resources of all languages.</summary>
public interface IReader
{
    /// <summary>Adds the facts that resources declare; other readers' facts need not be there yet.</summary>
    void Read(World world);

    /// <summary>Links facts with each other; all readers have read. Readers are joined in the order of <see cref="ModelReader"/>.</summary>
    void Join(World world);
}
