namespace Analyzer.Languages.Hcl;

/// <summary>
/// Kinds of nodes of an HCL tree. Behind each expression stand its <see cref="Expression.Name"/> (if it has one) and its children in order; "?" marks a child
/// that may be absent, which is told by a flag.
/// </summary>
public enum NodeKind : byte
{
    /// <summary>An expression that could not be parsed; a problem says why. No children.</summary>
    Error,

    /// <summary>Attributes and blocks in written order.</summary>
    Body,

    /// <summary>Name; one child, the expression.</summary>
    Attribute,

    /// <summary>Name is the type; children are the labels, then the body.</summary>
    Block,

    /// <summary>Name is the decoded label.</summary>
    Label,

    /// <summary>Number as written in <see cref="Expression.Name"/>.</summary>
    Number,

    /// <summary>The keyword <c>true</c>.</summary>
    True,

    /// <summary>The keyword <c>false</c>.</summary>
    False,

    /// <summary>The keyword <c>null</c>.</summary>
    Null,

    /// <summary>A root name: <c>var</c>, <c>aws_iam_role</c>, the variable of a <c>for</c>.</summary>
    Variable,

    /// <summary>Name is the attribute; child: the operand. Also <c>a["b"]</c> is an <see cref="Index"/>, not this.</summary>
    GetAttribute,

    /// <summary>Children: the operand, the key. The legacy form <c>a.0</c> has a <see cref="Number"/> as key.</summary>
    Index,

    /// <summary>
    /// <c>a.*.b</c> and <c>a[*].b[0]</c>. Children: the source, and the expression applied to each element, in which <see cref="SplatItem"/> stands for the element.
    /// </summary>
    Splat,

    /// <summary>The element of the nearest enclosing splat.</summary>
    SplatItem,

    /// <summary>Prefix <c>-</c> or <c>!</c> in <see cref="Expression.Operator"/>; child: the operand.</summary>
    Unary,

    /// <summary>Operator in <see cref="Expression.Operator"/>; children: left, right.</summary>
    Binary,

    /// <summary>Children: condition, value if true, value if false.</summary>
    Conditional,

    /// <summary>Name is the function with its namespaces (<c>provider::aws::arn_parse</c>); children: arguments. <see cref="NodeFlags.Expand"/>: the last argument is expanded.</summary>
    Call,

    /// <summary>Children: elements.</summary>
    Tuple,

    /// <summary>Children: <see cref="ObjectItem"/>s.</summary>
    Object,

    /// <summary>
    /// Children: key, value. A key that is a bare identifier is a <see cref="TemplateText"/> (its literal name), any other key is an expression to be evaluated.
    /// </summary>
    ObjectItem,

    /// <summary>
    /// <c>[for k, v in c : e if p]</c>. Children: value variable, key variable? (<see cref="NodeFlags.HasKey"/>), both <see cref="Variable"/>s; collection; element; condition?
    /// (<see cref="NodeFlags.HasCondition"/>).
    /// </summary>
    ForTuple,

    /// <summary>
    /// <c>{for k, v in c : a => e... if p}</c>. Children as in <see cref="ForTuple"/> with the key expression before the element; <see cref="NodeFlags.Expand"/>: grouping mode.
    /// </summary>
    ForObject,

    /// <summary>Child: what stands in the parentheses.</summary>
    Parentheses,

    /// <summary>
    /// A quoted text, heredoc or text of a template. Children: <see cref="TemplateText"/>s, expressions (interpolations) and directives, escapes, trimming and
    /// indentation already applied. No children: the empty text.
    /// </summary>
    Template,

    /// <summary>A quoted template of exactly one interpolation: its child's value, unconverted.</summary>
    TemplateWrap,

    /// <summary>Literal text, decoded, in <see cref="Expression.Name"/>.</summary>
    TemplateText,

    /// <summary><c>%{ if c }a%{ else }b%{ endif }</c>. Children: condition, <see cref="Template"/>, <see cref="Template"/>? (<see cref="NodeFlags.HasElse"/>).</summary>
    TemplateIf,

    /// <summary><c>%{ for k, v in c }t%{ endfor }</c>. Children: value variable, key variable? (<see cref="NodeFlags.HasKey"/>), collection, <see cref="Template"/>.</summary>
    TemplateFor,
}

/// <summary>Marks of a node.</summary>
[Flags]
public enum NodeFlags : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>A <c>for</c> names its key.</summary>
    HasKey = 1,

    /// <summary>A <c>for</c> has an <c>if</c>.</summary>
    HasCondition = 2,

    /// <summary><c>...</c> was written.</summary>
    Expand = 4,

    /// <summary>A template directive has an <c>else</c>.</summary>
    HasElse = 8,

    /// <summary>A template is a heredoc; a splat is a full one (<c>[*]</c>); a label or an object key was quoted.</summary>
    Marked = 16,
}

/// <summary>Operators.</summary>
public enum HclOperator : byte
{
    /// <summary>Not an operator.</summary>
    None,

    /// <summary><c>||</c></summary>
    Or,

    /// <summary><c>&amp;&amp;</c></summary>
    And,

    /// <summary><c>==</c></summary>
    Equal,

    /// <summary><c>!=</c></summary>
    NotEqual,

    /// <summary><c>&lt;</c></summary>
    Less,

    /// <summary><c>&lt;=</c></summary>
    LessOrEqual,

    /// <summary><c>&gt;</c></summary>
    Greater,

    /// <summary><c>&gt;=</c></summary>
    GreaterOrEqual,

    /// <summary><c>+</c></summary>
    Add,

    /// <summary><c>-</c>, binary</summary>
    Subtract,

    /// <summary><c>*</c></summary>
    Multiply,

    /// <summary><c>/</c></summary>
    Divide,

    /// <summary><c>%</c></summary>
    Modulo,

    /// <summary><c>-</c>, prefix</summary>
    Negate,

    /// <summary><c>!</c></summary>
    Not,
}
