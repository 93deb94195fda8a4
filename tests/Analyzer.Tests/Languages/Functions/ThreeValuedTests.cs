using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Functions;
using Analyzer.Languages.Operations;

namespace Analyzer.Tests.Languages.Functions;

/// <summary>What the functions make of holes, choices, guards and open ends, beyond what Terraform itself knows.</summary>
public class ThreeValuedTests
{
    private static readonly Guard Create = Guard.When("var.create", true, "var.create");
    private static readonly Guard NoCreate = Guard.When("var.create", false, "var.create");
    private static readonly Cause Gap = new(UnknownReason.Missing, "the module is not there", null, null);

    private static TextValue T(string text) => new(text);

    private static UnknownValue Attribute(string attribute, DataType? type = null, UnknownReason reason = UnknownReason.Computed) =>
        new(reason, "known after apply", null, new Reference(new Address("root", "aws_x.y"), attribute), type ?? DataType.Text);

    private static TextValue Holed(string before, Value hole, string after = "") => TextValue.Of([new TextPart(before), new TextPart(hole), new TextPart(after)]);

    private static ListValue Open(params Value[] values) => new([.. values.Select(value => new Item(value))], SequenceKind.List, DataType.Text) { OpenBecause = [Gap] };

    private static Value Call(string name, params Value[] arguments) => TerraformFunctions.Find(name)!.Body(new Call([.. arguments], null));

    private static string Known(Value value) => Assert.IsType<TextValue>(value).ToString();

    [Fact]
    public void Stripping_what_a_template_added_gives_the_attribute_back() =>
        Assert.Equal("url", Assert.IsType<UnknownValue>(Call("trimprefix", Holed("https://", Attribute("url")), T("https://"))).Reference!.Attribute);

    [Fact]
    public void Two_attributes_stripped_alike_are_equal()
    {
        var (one, other) = (Call("replace", Attribute("url"), T("https://"), T("")), Call("replace", Attribute("url"), T("https://"), T("")));
        Assert.Equal(Truth.Yes, one.EqualTo(other));
        Assert.Equal(Truth.Unknown, one.EqualTo(Attribute("url")));
    }

    [Fact]
    public void Literals_around_holes_are_changed_and_holes_are_not_guessed()
    {
        Assert.Equal("ARN:<?>:ROLE", Known(Call("upper", Holed("arn:", Attribute("region"), ":role"))));
        Assert.Equal("a_<?>_b", Known(Call("replace", Holed("a-", Attribute("region"), "-b"), T("-"), T("_"))));
        Assert.Equal("<?>:role/x", Known(Call("format", T("%s:role/%s"), Attribute("account_id"), T("x"))));
    }

    [Fact]
    public void A_replacement_that_may_lie_half_in_a_hole_is_unknown() =>
        Assert.IsType<UnknownValue>(Call("replace", Holed("xab", Attribute("region")), T("abc"), T("")));

    [Fact]
    public void A_text_splits_where_no_hole_can_hold_the_separator()
    {
        var parts = Assert.IsType<ListValue>(Call("split", T(":"), Holed("arn:aws:iam::", Attribute("account_id"), ":role/node")));
        Assert.Equal(6, parts.Items.Length);
        Assert.Equal("role/node", Known(parts.Items[5].Value));
        Assert.Equal("account_id", Assert.IsType<UnknownValue>(parts.Items[4].Value).Reference!.Attribute);
        Assert.IsType<UnknownValue>(Call("split", T(":"), Holed("arn:", Attribute("arn"))));
    }

    [Fact]
    public void What_was_joined_splits_again() =>
        Assert.Equal(2, Assert.IsType<ListValue>(Call("split", T("/"), Call("join", T("/"), ListValue.Of([Attribute("arn"), T("b")])))).Items.Length);

    [Theory]
    [InlineData(",", "a,b")]
    [InlineData("", "ab")]
    public void What_was_joined_splits_elsewhere_where_the_separator_is_in_an_element(string separator, string element) =>
        Assert.IsType<UnknownValue>(Call("split", T(separator), Call("join", T(separator), ListValue.Of([T(element), Attribute("arn")]))));

    [Fact]
    public void What_was_encoded_decodes_to_the_value_itself()
    {
        var policy = MapValue.Of(("Resource", Attribute("arn")));
        var text = Assert.IsType<TextValue>(Call("jsonencode", policy));
        Assert.StartsWith("{\"Resource\":", text.Prefix, StringComparison.Ordinal);
        Assert.Same(policy, Call("jsondecode", text));
        Assert.Same(text, Call("base64decode", Call("base64encode", text)));
        Assert.Same(policy, Call("yamldecode", Call("yamlencode", policy)));
    }

    [Fact]
    public void Json_in_a_template_keeps_its_holes()
    {
        var text = TextValue.Of(
        [
            new TextPart("{\"Resource\": \"arn:aws:s3:::"), new TextPart(Attribute("bucket")), new TextPart("/*\", \"n\": "),
            new TextPart(Attribute("count", DataType.Number)), new TextPart(", \""), new TextPart(Attribute("issuer")), new TextPart(":sub\": 1}"),
        ]);
        var map = Assert.IsType<MapValue>(Call("jsondecode", text));
        Assert.Equal("arn:aws:s3:::<?>/*", Known(map["Resource"]!));
        Assert.Equal(DataType.Number, map["n"]!.Type);
        Assert.True(map.IsOpen);
        Assert.Equal(":sub", map.Entries[2].KeyText!.Suffix);
    }

    [Fact]
    public void A_hole_that_may_hold_structure_makes_json_unknown() =>
        Assert.False(Conversion.IsError(Assert.IsType<UnknownValue>(Call("jsondecode", Holed("[1", Attribute("rest"), "]")))));

    [Fact]
    public void Yaml_in_a_template_keeps_its_holes()
    {
        var map = Assert.IsType<MapValue>(Call("yamldecode", Holed("image: repo/", Attribute("tag"), "\nport: 80\n")));
        Assert.Equal("repo/<?>", Known(map["image"]!));
        Assert.Equal(Truth.Yes, map["port"]!.EqualTo(NumberValue.Of(80)));
    }

    [Fact]
    public void Choices_with_one_predicate_stay_correlated()
    {
        var a = ChoiceValue.Of([new(Create, T("a")), new(NoCreate, T("b"))]);
        var joined = Assert.IsType<ChoiceValue>(Call("format", T("%s%s"), a, a));
        Assert.Equal(["aa", "bb"], joined.Alternatives.Select(each => Known(each.Value)));
    }

    [Fact]
    public void A_chosen_list_gives_guarded_elements()
    {
        var extra = ChoiceValue.Of([new(Create, ListValue.Of([T("x")])), new(NoCreate, ListValue.Empty)]);
        var list = Assert.IsType<ListValue>(Call("concat", ListValue.Of([T("a")]), extra));
        Assert.Equal([Guard.Always, Create], list.Items.Select(item => item.Guard));
        Assert.Equal(["1", "2"], Assert.IsType<ChoiceValue>(Call("length", list)).Alternatives.Select(each => Assert.IsType<NumberValue>(each.Value).Number.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal(Create, Assert.Single(Assert.IsType<ListValue>(Call("flatten", ListValue.Of([extra]))).Items).Guard);
    }

    [Fact]
    public void The_only_element_that_may_be_there_is_it_or_null()
    {
        var one = Assert.IsType<ChoiceValue>(Call("one", new ListValue([new Item(T("x"), Create)])));
        Assert.Contains(one.Alternatives, each => each.Value is NullValue && each.Guard.Equals(NoCreate));
    }

    [Fact]
    public void A_list_of_which_nothing_is_certain_may_have_no_only_element()
    {
        var one = Assert.IsType<ChoiceValue>(Call("one", new ListValue([]) { OpenBecause = [Gap] }));
        Assert.Contains(one.Alternatives, each => each.Value is NullValue);
        Assert.Contains(one.Alternatives, each => each.Value is UnknownValue);
    }

    [Fact]
    public void An_open_list_proves_presence_and_never_absence()
    {
        var list = Call("concat", Open(T("a")), ListValue.Of([T("b")]));
        Assert.True(Assert.IsType<BoolValue>(Call("contains", list, T("b"))).Value);
        Assert.IsType<UnknownValue>(Call("contains", list, T("z")));
        Assert.IsType<UnknownValue>(Call("length", list));
        Assert.True(Assert.IsType<ListValue>(Call("distinct", list)).IsOpen);
        Assert.True(Assert.IsType<ListValue>(Call("setunion", list, list)).IsOpen);
    }

    [Fact]
    public void Only_later_unknowns_doubt_what_merge_has_seen()
    {
        var unknown = Attribute("tags", new MapType(DataType.Text));
        var merged = Assert.IsType<MapValue>(Call("merge", MapValue.Of(("a", T("1"))), unknown, MapValue.Of(("b", T("2")))));
        Assert.True(merged.IsOpen);
        Assert.IsType<ChoiceValue>(merged["a"]);
        Assert.Equal("2", Known(merged["b"]!));
    }

    [Fact]
    public void A_guarded_entry_overrides_under_its_guard()
    {
        var maybe = new MapValue([new Entry("a", T("2"), Create)]);
        var merged = Assert.IsType<MapValue>(Call("merge", MapValue.Of(("a", T("1"))), maybe));
        Assert.Equal(["2", "1"], Assert.IsType<ChoiceValue>(merged["a"]).Alternatives.Select(each => Known(each.Value)));
        Assert.True(merged.Find("a")!.Guard.IsAlways);
    }

    [Fact]
    public void Alternatives_without_condition_are_never_claimed_together()
    {
        var choice = ChoiceValue.Of([new(Guard.Always, ListValue.Of([T("a")])), new(Guard.Always, ListValue.Of([T("b")]))]);
        Assert.IsType<UnknownValue>(Call("contains", Call("concat", choice, ListValue.Empty), T("a")));
        Assert.IsType<UnknownValue>(Call("contains", Call("flatten", ListValue.Of([choice])), T("a")));
    }

    [Fact]
    public void An_entry_of_some_alternatives_is_there_under_their_guard_only()
    {
        var choice = ChoiceValue.Of([new(Create, MapValue.Of(("a", T("1")))), new(NoCreate, MapValue.Empty)]);
        var merged = Assert.IsType<MapValue>(Call("merge", MapValue.Of(("b", T("2"))), choice));
        Assert.Equal(Create, merged.Find("a")!.Guard);
        Assert.Equal(["1", "0"], Assert.IsType<ChoiceValue>(Call("lookup", choice, T("a"), T("0"))).Alternatives.Select(each => Known(each.Value)));
    }

    [Fact]
    public void An_element_under_either_of_two_predicates_is_not_there_always()
    {
        var list = new ListValue([new Item(T("a"), Create), new Item(T("a"), Guard.When("var.other", true, "var.other"))]);
        Assert.False(Assert.Single(Assert.IsType<ListValue>(Call("toset", list)).Items).Guard.IsAlways);
        var both = new ListValue([new Item(T("a"), Create), new Item(T("a"), NoCreate)]);
        Assert.True(Assert.Single(Assert.IsType<ListValue>(Call("toset", both)).Items).Guard.IsAlways);
    }

    [Fact]
    public void An_unknown_key_looks_up_one_of_few_values() =>
        Assert.Equal(3, Assert.IsType<ChoiceValue>(Call("lookup", MapValue.Of(("a", T("1")), ("b", T("2"))), Attribute("region"), T("3"))).Alternatives.Length);

    [Fact]
    public void Try_takes_what_certainly_succeeds_and_skips_what_certainly_fails()
    {
        Assert.Equal("d", Known(Call("try", ListValue.Of([Conversion.Error("no such attribute")]), T("d"))));
        Assert.Equal("arn", Assert.IsType<UnknownValue>(Call("try", Attribute("arn", DataType.Dynamic), T("d"))).Reference!.Attribute);
        Assert.IsType<ChoiceValue>(Call("try", Attribute("x", DataType.Dynamic, UnknownReason.NoValue), T("d")));
        var half = ChoiceValue.Of([new(Create, T("a")), new(NoCreate, Conversion.Error("index out of range"))]);
        Assert.Equal(["a", "d"], Assert.IsType<ChoiceValue>(Call("try", half, T("d"))).Alternatives.Select(each => Known(each.Value)));
    }

    [Fact]
    public void Coalesce_passes_only_what_may_be_empty()
    {
        Assert.IsType<UnknownValue>(Call("coalesce", Attribute("arn"), T("d")));
        var maybe = Assert.IsType<ChoiceValue>(Call("coalesce", Attribute("role", reason: UnknownReason.NoValue), T("d")));
        Assert.False(maybe.Alternatives[0].Guard.MeetsWith(maybe.Alternatives[1].Guard));
    }

    [Fact]
    public void Compact_keeps_attributes_that_are_never_empty()
    {
        var list = Assert.IsType<ListValue>(Call("compact", ListValue.Of([Attribute("arn"), T(""), Attribute("role", reason: UnknownReason.NoValue)])));
        Assert.Equal([true, false], list.Items.Select(item => item.Guard.IsAlways));
    }

    [Fact]
    public void Elements_keep_their_way_and_their_mark()
    {
        var place = SourceFile.FromText("main.tf", "x").Whole;
        var secret = T("s").Through(StepKind.Local, "local.s", place).WithSensitive(true);
        var list = Assert.IsType<ListValue>(Call("tolist", Call("reverse", Call("flatten", ListValue.Of([ListValue.Of([secret])])))));
        Assert.Equal(("local.s", true), (list.Items[0].Value.Trace!.Name, list.Items[0].Value.IsSensitive));
        Assert.True(Call("join", T(","), list).IsSensitive);
    }

    [Fact]
    public void Computed_text_has_a_way_but_no_identity()
    {
        var place = SourceFile.FromText("main.tf", "x").Whole;
        var name = T("Node").Through(StepKind.Attribute, "aws_x.y.name", place, new Reference(new Address("root", "aws_x.y"), "name"));
        var lower = TerraformFunctions.Find("lower")!.Body(new Call([name], place));
        Assert.Equal(["lower", "aws_x.y.name"], lower.Trace!.Steps.Select(step => step.Name));
        Assert.Empty(lower.References);
    }

    [Fact]
    public void Limits_answer_unknown_instead_of_growing()
    {
        var wide = ListValue.Of(Enumerable.Range(0, 400).Select(at => (Value)NumberValue.Of(at)));
        Assert.Contains(Assert.IsType<UnknownValue>(Call("setproduct", wide, wide)).Causes, cause => cause.Reason == UnknownReason.Limit);
        Assert.True(Conversion.IsError(Call("range", NumberValue.Of(2000))));
        Assert.True(Conversion.IsError(Call("format", T("%99999999d"), NumberValue.Of(1))));
        Assert.IsType<TextValue>(Call("tostring", Call("pow", NumberValue.Of(999), NumberValue.Of(64))));
    }
}
