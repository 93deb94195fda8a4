namespace Analyzer.Facts;

/// <summary>Divides work that comes in pieces of very different size: each thread takes the next piece when it is done with one, so that none is left with a heap of large ones at the end.</summary>
public static class Workers
{
    /// <summary>Does all pieces on the threads of the pool.</summary>
    /// <param name="count">How many pieces there are.</param>
    /// <param name="parallelism">How many threads work at once; with one it is the caller's.</param>
    /// <param name="work">Does the piece with a number. It is told each number once.</param>
    /// <exception cref="AggregateException">Pieces that failed.</exception>
    public static void Each(int count, int parallelism, Action<int> work)
    {
        var threads = Threads(count, parallelism);
        var pieces = new Pieces(count, work);
        if (threads == 1)
        {
            pieces.Do();
            return;
        }

        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ => pieces.Do());
    }

    /// <summary>What a function makes of each of many things, in their order. With one thread, or one thing, it is the caller's.</summary>
    /// <param name="things">The things.</param>
    /// <param name="parallelism">How many threads work at once.</param>
    /// <param name="make">Makes one of one. It is told each thing once.</param>
    /// <exception cref="AggregateException">Things that failed.</exception>
    public static TMade[] Map<T, TMade>(IReadOnlyList<T> things, int parallelism, Func<T, TMade> make)
    {
        var made = new TMade[things.Count];
        Each(made.Length, parallelism, at => made[at] = make(things[at]));
        return made;
    }

    /// <summary>Does all pieces on threads of their own, for what needs more stack than the pool's threads have.</summary>
    /// <param name="count">How many pieces there are.</param>
    /// <param name="parallelism">How many threads work at once.</param>
    /// <param name="stackSize">Bytes of stack.</param>
    /// <param name="work">Does the piece with a number, and never throws.</param>
    public static void Each(int count, int parallelism, int stackSize, Action<int> work)
    {
        var pieces = new Pieces(count, work);
        var threads = new Thread[Threads(count, parallelism)];
        for (var at = 0; at < threads.Length; at++)
        {
            threads[at] = new Thread(pieces.Do, stackSize) { IsBackground = true, Name = "worker" };
            threads[at].Start();
        }

        foreach (var thread in threads)
        {
            thread.Join();
        }
    }

    private static int Threads(int count, int parallelism) => Math.Clamp(parallelism, 1, Math.Max(1, count));

    private sealed class Pieces(int count, Action<int> work)
    {
        private int _last = -1;

        internal void Do()
        {
            for (var piece = Interlocked.Increment(ref _last); piece < count; piece = Interlocked.Increment(ref _last))
            {
                work(piece);
            }
        }
    }
}
