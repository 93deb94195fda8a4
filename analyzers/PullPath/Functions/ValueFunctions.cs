using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Analyzer.Facts.Model;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Functions;

/// <summary>What rules may ask about plain values: addresses, dates, where something is declared.</summary>
public static class ValueFunctions
{
    /// <summary>The functions; they need no world.</summary>
    public static ImmutableArray<Function> All { get; } =
    [
        new Function(
            "is_public_address", [new Parameter("address", FieldType.Text)], FieldType.Bool,
            "Whether an IP address is one of the public internet: not private, not link-local, not a network's own. Undecided for names.",
            call => call[0] is TextValue { Known: { } text } && IPAddress.TryParse(text, out var address)
                ? BoolValue.Of(IsPublic(address))
                : Answer.Of(Truth.Unknown, Cause.Of(call[0]).DefaultIfEmpty(new Cause(UnknownReason.External, "where a name leads is not known", call[0].Trace?.Place, null)))),
        new Function(
            "days_since", [new Parameter("date", FieldType.Text)], FieldType.Number,
            "Days from a date, written as 20260131 or 2026-01-31, to today. The only function that asks the clock: for rules that are off by default, since their answer changes by itself.",
            call => call[0] is TextValue { Known: { } text } && DateOnly.TryParseExact(text.Replace("-", "", StringComparison.Ordinal), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                ? NumberValue.Of(DateOnly.FromDateTime(DateTime.UtcNow).DayNumber - date.DayNumber)
                : UnknownValue.From(DataType.Number, call[0])),
        new Function(
            "declared_apart", [new Parameter("one", FieldType.Any), new Parameter("other", FieldType.Any)], FieldType.Bool,
            "Whether two facts are declared in different roots, templates or manifest sets: who deploys one need not be who deploys the other.",
            call => (call[0], call[1]) is (FactValue { Fact: var one }, FactValue { Fact: var other })
                ? BoolValue.Of(one.Address.Scope != other.Address.Scope)
                : UnknownValue.From(DataType.Bool, call[0], call[1])),
    ];

    private static bool IsPublic(IPAddress address)
    {
        if (IPAddress.IsLoopback(address) || address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal || address.IsIPv6Multicast)
        {
            return false;
        }

        return address.GetAddressBytes() is not ([10 or 127, _, _, _] or [172, >= 16 and < 32, _, _] or [192, 168, _, _] or [169, 254, _, _] or [100, >= 64 and < 128, _, _] or [0 or >= 224, _, _, _]);
    }
}
