using System.Text;

namespace Analyzer.Cli.Tests;

/// <summary>Where the heap lies in the address space, as Linux tells it.</summary>
public sealed class HugePagesTests
{
    // Two regions that the collector starts with, the one in which the object lies, and what is kept for further ones.
    private const string Heap = """
        55c362ec5000-55c362ed0000 ---p 00000000 00:00 0
        7ef38ffff000-7ef394000000 ---p 00000000 00:00 0
        7ef394000000-7ef394001000 rw-p 00000000 00:00 0
        7ef394001000-7ef394400000 ---p 00000000 00:00 0
        7ef394400000-7ef394401000 rw-p 00000000 00:00 0
        7ef394401000-7ef394800000 ---p 00000000 00:00 0
        7ef394800000-7ef394842000 rw-p 00000000 00:00 0
        7ef394842000-7ef394c00000 ---p 00000000 00:00 0
        7ef394c00000-7ef394c01000 rw-p 00000000 00:00 0
        7ef394c01000-7f338ffff000 ---p 00000000 00:00 0
        7f338ffff000-7f3390100000 r--p 00000000 fe:00 12 /usr/lib/libc.so.6
        """;

    [Theory]
    [InlineData(Heap, 0x7ef394810000, 0x7ef394000000, 0x7f338ffff000)] // From the first region, whichever the object is in.
    [InlineData(Heap, 0x7ef394c00800, 0x7ef394000000, 0x7f338ffff000)]
    [InlineData(Heap, 0x7ef3a4c00800, 0, 0)] // Not in use.
    [InlineData(Heap, 0x7f3390000000, 0, 0)] // Does not begin where regions begin.
    [InlineData(Heap, 0x10, 0, 0)]
    [InlineData("7ef394800000-7ef394842000 rw-p 00000000 00:00 0\n7ef394843000-7f338ffff000 ---p 00000000 00:00 0", 0x7ef394810000, 0, 0)] // A gap in between.
    [InlineData("7ef394800000-7ef394842000 rw-p 00000000 00:00 0\n7ef394842000-7ef394c00000 ---p 00000000 00:00 0", 0x7ef394810000, 0, 0)] // Nothing that grows.
    [InlineData("7ef394800000-7ef394842000 rw-p 00000000 00:00 0", 0x7ef394810000, 0, 0)]
    [InlineData("7ef394800000", 0x7ef394810000, 0, 0)]
    [InlineData("", 0x7ef394810000, 0, 0)]
    public void Heap_is_found(string maps, long address, long start, long end) =>
        Assert.Equal(((nint)start, (nint)end), HugePages.HeapAround((nint)address, Encoding.UTF8.GetBytes(maps + "\n")));
}
