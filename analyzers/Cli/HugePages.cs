using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

// The calls of the system take numbers only, so that they are compiled with the rest instead of at every start.
[assembly: DisableRuntimeMarshalling]

namespace Analyzer.Cli;

/// <summary>
/// Asks Linux for large pages under the heap. The collector commits its memory 64 KB at a time, so that the system never sees room for a page of 2 MB and hands out small ones: forty thousand
/// for a hundred roots, which is a fifth of the run where a fault is dear (virtual machines) and a thirtieth where it is not.
/// </summary>
/// <remarks>
/// The memory is the collector's reservation: making it accessible early takes none, and what the collector later commits or gives back it does as before. Where anything is not as expected nothing
/// happens, and the run is only slower.
/// </remarks>
internal static class HugePages
{
    /// <summary>What the collector divides its memory into.</summary>
    private const int RegionSize = 4 << 20;

    /// <summary>As much as a large repository needs: beyond it small pages serve. A system that counts what may be written as used counts no more than this.</summary>
    private const long Most = 1 << 30;

    /// <summary>What lies between parts that are in use at start is smaller than that (regions of 4 MB); what is at least so large is where the heap grows.</summary>
    private const long LeastReserve = 64 << 20;

    private const int ReadAndWrite = 3;
    private const int InHugePages = 14;
    private const int InDumps = 17;

    /// <summary>Has the heap in large pages from here on.</summary>
    internal static void UseForHeap()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var inHeap = GCHandle.Alloc(new byte[1], GCHandleType.Pinned);
        var address = inHeap.AddrOfPinnedObject();
        inHeap.Free();
        try
        {
            var (start, end) = HeapAround(address, File.ReadAllBytes("/proc/self/maps"));
            var length = (nint)Math.Min(end - start, Most);

            // Only neighbours of the same kind are one to the system: that they go into dumps of memory is part of the kind.
            if (length > 0 && Advise(start, length, InDumps) == 0 && Protect(start, length, ReadAndWrite) == 0)
            {
                _ = Advise(start, length, InHugePages);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or DllNotFoundException or EntryPointNotFoundException)
        {
            // Small pages it is.
        }
    }

    /// <summary>From the first region of the heap to the end of what is kept for it; nothing where the system shows something else than a heap around the address.</summary>
    /// <param name="address">Of an object.</param>
    /// <param name="maps">What <c>/proc/self/maps</c> says.</param>
    internal static (nint Start, nint End) HeapAround(nint address, ReadOnlySpan<byte> maps)
    {
        var mappings = Mapping.All(maps);
        var at = mappings.FindIndex(each => each.From <= address && address < each.To);
        if (at < 0 || mappings[at].From % RegionSize != 0)
        {
            return default;
        }

        // Each region that the collector starts with begins with what is committed of it.
        var start = mappings[at].From;
        for (var lower = at - 1; lower >= 0 && mappings[lower].To == mappings[lower + 1].From && start - mappings[lower].From <= RegionSize; lower--)
        {
            start = mappings[lower].IsUsed && start - mappings[lower].From == RegionSize ? mappings[lower].From : start;
        }

        for (; at < mappings.Count; at++)
        {
            if (!mappings[at].IsUsed && mappings[at].To - mappings[at].From >= LeastReserve)
            {
                return (start, mappings[at].To);
            }

            if (at + 1 < mappings.Count && mappings[at].To != mappings[at + 1].From)
            {
                break;
            }
        }

        return default;
    }

    [DllImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Advise(nint start, nint length, int advice);

    [DllImport("libc", EntryPoint = "mprotect")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Protect(nint start, nint length, int access);

    /// <summary>A piece of the address space.</summary>
    private readonly record struct Mapping(nint From, nint To, bool IsUsed)
    {
        /// <summary>Reads lines such as <c>7ed06ffff000-7f106ffff000 ---p 00000000 00:00 0</c>, as far as they are such.</summary>
        internal static List<Mapping> All(ReadOnlySpan<byte> lines)
        {
            var all = new List<Mapping>();
            while (Utf8Parser.TryParse(lines, out long from, out var read, 'x') && read < lines.Length && Utf8Parser.TryParse(lines[(read + 1)..], out long to, out var further, 'x'))
            {
                lines = lines[(read + 1 + further)..];
                all.Add(new Mapping((nint)from, (nint)to, !lines.StartsWith(" ---p"u8)));
                lines = lines[(lines.IndexOf((byte)'\n') + 1)..];
            }

            return all;
        }
    }
}
