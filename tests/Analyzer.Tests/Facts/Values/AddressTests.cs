using Analyzer.Facts.Values;

namespace Analyzer.Tests.Facts.Values;

public class AddressTests
{
    [Theory]
    [InlineData("aws_iam_role.node", "aws_iam_role.node")]
    [InlineData("aws_iam_role.node[0]", "aws_iam_role.node")]
    [InlineData("aws_iam_role.node[*]", "aws_iam_role.node")]
    [InlineData("module.eks[\"a\"].aws_iam_role.node[0]", "module.eks.aws_iam_role.node")]
    [InlineData("module.eks[\"a.b[0]\"].module.x[1].aws_iam_role.node", "module.eks.module.x.aws_iam_role.node")]
    [InlineData("aws_iam_role.node[\"a\\\"]b\"]", "aws_iam_role.node")]
    [InlineData("module.eks[\"a\"]", "module.eks")]
    public void An_address_without_keys_is_that_of_the_block_in_all_its_modules(string path, string block)
    {
        Assert.Equal(new Address("root", block), new Address("root", path).WithoutKeys);
        Assert.Equal(block, Address.PathWithoutKeys(path));
    }

    [Theory]
    [InlineData("module.eks[\"a\"].aws_iam_role.node", "module.eks", true)]
    [InlineData("module.eks[\"a\"].aws_iam_role.node", "module.eks[\"a\"]", true)]
    [InlineData("module.eks_more.aws_iam_role.node", "module.eks", false)]
    [InlineData("module.eks", "module.eks", false)]
    [InlineData("aws_iam_role.node", "", false)]
    public void What_is_declared_in_a_module_is_in_it(string path, string module, bool isIn) =>
        Assert.Equal(isIn, new Address("root", path).IsIn(new Address("root", module)));
}
