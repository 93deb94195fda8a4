using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Operations;

namespace Analyzer.Tests.Languages.Operations;

public class ConversionTests
{
    private static readonly DataType ListOfAny = new ListType(DataType.Dynamic);
    private static readonly Reference Arn = new(new Address("root", "aws_iam_role.node"), "arn");

    private static TextValue T(string text) => new(text);

    private static UnknownValue U(DataType? type = null) => new(UnknownReason.Computed, "known after apply", null, Arn, type);

    private static string? Text(Value value) => Assert.IsType<TextValue>(value).Known;

    [Theory]
    [InlineData("1.50", "1.5")]
    [InlineData("1e3", "1000")]
    public void Text_that_is_a_number_converts(string text, string number) =>
        Assert.Equal(number, Assert.IsType<NumberValue>(Conversion.To(T(text), DataType.Number)).Number.ToString());

    [Fact]
    public void Text_that_is_no_number_is_an_error_with_the_type() =>
        Assert.Equal((true, DataType.Number), (Conversion.IsError(Conversion.To(T("abc"), DataType.Number)), Conversion.To(T("abc"), DataType.Number).Type));

    [Fact]
    public void Numbers_never_become_booleans_but_the_text_of_one_does()
    {
        Assert.True(Conversion.IsError(Conversion.To(NumberValue.Of(1), DataType.Bool)));
        Assert.True(Assert.IsType<BoolValue>(Conversion.To(T("1"), DataType.Bool)).Value);
    }

    [Fact]
    public void Elements_of_a_list_of_any_take_their_common_type()
    {
        var list = Assert.IsType<ListValue>(Conversion.To(ListValue.Of([T("a"), NumberValue.Of(1), BoolValue.True, NullValue.Instance]), ListOfAny));
        Assert.Equal(new ListType(DataType.Text), list.Type);
        Assert.Equal("1", Text(list.Items[1].Value));
        Assert.IsType<NullValue>(list.Items[3].Value);
    }

    [Fact]
    public void Elements_without_a_common_type_are_an_error() =>
        Assert.True(Conversion.IsError(Conversion.To(ListValue.Of([ListValue.Of([NumberValue.Of(1)]), T("a")]), ListOfAny)));

    [Fact]
    public void Objects_with_different_attributes_become_maps()
    {
        var list = Conversion.To(ListValue.Of([MapValue.Of(("a", NumberValue.Of(1))), MapValue.Of(("b", NumberValue.Of(2)))]), ListOfAny);
        Assert.Equal(new ListType(new MapType(DataType.Number)), list.Type);
    }

    [Fact]
    public void A_set_has_equal_elements_once_and_text_in_order()
    {
        var set = Assert.IsType<ListValue>(Conversion.To(ListValue.Of([T("b"), T("a"), T("b")]), new SetType(DataType.Dynamic)));
        Assert.Equal(["a", "b"], set.Values.Select(Text));
    }

    [Fact]
    public void An_unknown_keeps_its_identity_and_takes_the_type()
    {
        var converted = Assert.IsType<UnknownValue>(Conversion.To(U(), DataType.Text));
        Assert.Equal((DataType.Text, Arn), (converted.Type, converted.Reference));
        Assert.Equal(Truth.Yes, converted.EqualTo(U()));
    }

    [Fact]
    public void An_unknown_collection_keeps_what_is_known_of_its_elements() => Assert.Equal(
        new SetType(DataType.Text), Conversion.To(U(new ListType(DataType.Text)), new SetType(DataType.Dynamic)).Type);

    [Fact]
    public void Elements_of_another_type_do_not_convert_where_there_are_none_either()
    {
        Assert.True(Conversion.IsError(Conversion.To(new ListValue([], SequenceKind.Set, ListOfAny), new ListType(DataType.Text))));
        Assert.True(Conversion.IsError(Conversion.To(new MapValue([], isObject: false, ListOfAny), new MapType(DataType.Text))));
        Assert.IsType<ListValue>(Conversion.To(new ListValue([], SequenceKind.Set, DataType.Number), new ListType(DataType.Text)));
    }

    [Fact]
    public void An_unknown_list_is_no_text() => Assert.True(Conversion.IsError(Conversion.To(U(ListOfAny), DataType.Text)));

    [Fact]
    public void Guards_open_ends_traces_and_marks_survive()
    {
        var guard = Guard.When("var.create", true, "var.create");
        var trace = new Trace(StepKind.Local, "local.x", SourceFile.FromText("a.tf", "x").Whole);
        var cause = new Cause(UnknownReason.Missing, "module is not there", null, null);
        var list = new ListValue([new Item(NumberValue.Of(1).With(trace).WithSensitive(true), guard)]) { OpenBecause = [cause] };
        var converted = Assert.IsType<ListValue>(Conversion.To(list, new ListType(DataType.Text)));
        Assert.Equal((guard, true), (converted.Items[0].Guard, converted.IsOpen));
        Assert.Equal(("1", trace, true), (Text(converted.Items[0].Value), converted.Items[0].Value.Trace, converted.Items[0].Value.IsSensitive));
    }

    [Fact]
    public void A_choice_converts_each_alternative()
    {
        var choice = ChoiceValue.Of(
        [
            new(Guard.When("p", true, "p"), NumberValue.Of(1)),
            new(Guard.When("p", false, "p"), NumberValue.Of(2)),
        ]);
        var converted = Assert.IsType<ChoiceValue>(Conversion.To(choice, DataType.Text));
        Assert.Equal(["1", "2"], converted.Alternatives.Select(each => Text(each.Value)));
    }

    [Fact]
    public void An_object_type_drops_what_it_does_not_name_and_misses_what_is_not_there()
    {
        var type = Assert.IsType<ObjectType>(MapValue.Of(("a", T(""))).Type);
        var map = Assert.IsType<MapValue>(Conversion.To(MapValue.Of(("a", NumberValue.Of(1)), ("b", T("x"))), type));
        Assert.Equal(["a"], map.Entries.Select(entry => entry.Key));
        Assert.True(Conversion.IsError(Conversion.To(MapValue.Of(("b", T("x"))), type)));
    }

    [Fact]
    public void Null_has_no_text_and_keeps_every_type()
    {
        Assert.True(Conversion.IsError(Conversion.ToText(NullValue.Instance)));
        Assert.IsType<NullValue>(Conversion.To(NullValue.Instance, DataType.Number));
    }

    [Fact]
    public void Branches_of_different_length_unify_to_a_list() => Assert.Equal(
        new ListType(DataType.Text),
        Conversion.Unify([new TupleType([DataType.Number, DataType.Number]), new TupleType([DataType.Text])]));

    [Fact]
    public void Bool_and_number_have_nothing_in_common() => Assert.Null(Conversion.Unify([DataType.Bool, DataType.Number]));
}
