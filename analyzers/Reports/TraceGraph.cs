using System.Globalization;
using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.Reports;

/// <summary>Pull paths as a picture: images, nodes, identities and registries, joined by the links between them. Of links between the same two things, the worst gives the colour.</summary>
public static class TraceGraph
{
    /// <summary>Writes a flowchart of Mermaid, which GitHub draws in Markdown.</summary>
    public static void WriteMermaid(IReadOnlyList<PullTrace> traces, TextWriter output)
    {
        var graph = Graph.Of(traces);
        output.WriteLine("flowchart LR");
        foreach (var (label, node) in graph.Nodes)
        {
            output.WriteLine($"  {node.Name}{Shape(node.End, $"\"{Escaped(label[(label.IndexOf('|', StringComparison.Ordinal) + 1)..])}\"")}");
        }

        for (var at = 0; at < graph.Edges.Count; at++)
        {
            var edge = graph.Edges[at];
            output.WriteLine($"  {edge.From} -->|\"{Escaped(edge.Label)}\"| {edge.To}");
        }

        foreach (var group in graph.Edges.Select((edge, at) => (edge.Worst, At: at)).Where(each => each.Worst != "yes").GroupBy(each => each.Worst, StringComparer.Ordinal).OrderBy(each => each.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"  linkStyle {string.Join(',', group.Select(each => each.At.ToString(CultureInfo.InvariantCulture)))} stroke:{Colour(group.Key)}{(group.Key == "undecided" ? ",stroke-dasharray:4" : "")}");
        }

        static string Shape(PullEnd end, string text) => end switch
        {
            PullEnd.Image => $"([{text}])",
            PullEnd.Identity => $"{{{{{text}}}}}",
            PullEnd.Registry => $"[({text})]",
            _ => $"[{text}]",
        };

        static string Escaped(string text) => text.Replace("\"", "#quot;", StringComparison.Ordinal).Replace("<", "#lt;", StringComparison.Ordinal).Replace(">", "#gt;", StringComparison.Ordinal);
    }

    /// <summary>Writes a graph for Graphviz.</summary>
    public static void WriteDot(IReadOnlyList<PullTrace> traces, TextWriter output)
    {
        var graph = Graph.Of(traces);
        output.WriteLine("digraph pullpath {");
        output.WriteLine("  rankdir=LR;");
        foreach (var (label, node) in graph.Nodes)
        {
            var shape = node.End switch { PullEnd.Image => "oval", PullEnd.Identity => "hexagon", PullEnd.Registry => "cylinder", _ => "box" };
            output.WriteLine($"  {node.Name} [shape={shape}, label=\"{Escaped(label[(label.IndexOf('|', StringComparison.Ordinal) + 1)..])}\"];");
        }

        foreach (var edge in graph.Edges)
        {
            output.WriteLine($"  {edge.From} -> {edge.To} [label=\"{Escaped(edge.Label)}\", color=\"{Colour(edge.Worst)}\"{(edge.Worst == "undecided" ? ", style=dashed" : "")}];");
        }

        output.WriteLine("}");

        static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
    }

    private static string Colour(string answer) => answer switch { "no" => "#cc2222", "late" => "#cc7700", "undecided" => "#777777", _ => "#228822" };

    private sealed record Node(string Name, PullEnd End);

    private sealed class Edge(string from, string to)
    {
        internal string From { get; } = from;

        internal string To { get; } = to;

        internal string Worst { get; private set; } = "yes";

        internal string Label => string.Join(", ", _links.Select(link => link.Value == "yes" ? link.Key : $"{link.Key}: {link.Value}"));

        private readonly OrderedDictionary<string, string> _links = new(StringComparer.Ordinal);

        internal void Add(string name, string answer)
        {
            if (!_links.TryAdd(name, answer))
            {
                _links[name] = Worse(_links[name], answer);
            }

            Worst = Worse(Worst, answer);
        }

        private static string Worse(string one, string other) => Rank(one) >= Rank(other) ? one : other;

        private static int Rank(string answer) => answer switch { "no" => 3, "late" => 1, "undecided" => 2, _ => 0 };
    }

    private sealed class Graph
    {
        internal OrderedDictionary<string, Node> Nodes { get; } = new(StringComparer.Ordinal);

        internal List<Edge> Edges { get; } = [];

        internal static Graph Of(IReadOnlyList<PullTrace> traces)
        {
            var graph = new Graph();
            var edges = new Dictionary<string, Edge>(StringComparer.Ordinal);
            foreach (var trace in traces)
            {
                foreach (var link in trace.Links)
                {
                    if (link.Name == "registry" && trace.Pool is not null && link.Holds == Truth.Yes)
                    {
                        continue; // The way over the nodes says more.
                    }

                    var (from, to) = (graph.NodeOf(trace, link.Ends.From), graph.NodeOf(trace, link.Ends.To));
                    if (!edges.TryGetValue($"{from} {to}", out var edge))
                    {
                        edges.Add($"{from} {to}", edge = new Edge(from, to));
                        graph.Edges.Add(edge);
                    }

                    edge.Add(link.Name, TraceReport.AnswerOf(link));
                }
            }

            return graph;
        }

        private string NodeOf(PullTrace trace, PullEnd end)
        {
            var label = end switch
            {
                PullEnd.Image => $"i|{trace.Workload}: {trace.Image}",
                PullEnd.Pool => $"p|{trace.Pool ?? "a pool that is not known"}",
                PullEnd.Identity => $"r|{trace.Links.FirstOrDefault(link => link.Name == "identity")?.Says ?? "an identity"}",
                _ => $"g|{trace.Registry}",
            };
            if (!Nodes.TryGetValue(label, out var node))
            {
                Nodes.Add(label, node = new Node(string.Create(CultureInfo.InvariantCulture, $"{label[0]}{Nodes.Count + 1}"), end));
            }

            return node.Name;
        }
    }
}
