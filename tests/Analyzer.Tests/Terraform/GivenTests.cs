using Analyzer.Facts.Resources;

namespace Analyzer.Tests.Terraform;

/// <summary>Values that files, the environment and the command line give to variables.</summary>
public class GivenTests
{
    private const string Root = """
        variable "a" {
          default = "default"
        }
        variable "list" {
          type    = list(string)
          default = []
        }
        resource "x_any" "this" {
          a    = var.a
          list = var.list
        }
        """;

    [Fact]
    public void Later_sources_win_in_the_order_of_terraform()
    {
        VariableInput environment = new(VariableSource.Environment, "a", "environment");
        VariableInput first = new(VariableSource.File, "", "env/first.tfvars"), second = new(VariableSource.File, "", "env/second.tfvars.json");
        VariableInput line = new(VariableSource.CommandLine, "a", "line");
        Assert.Equal("\"default\"", A([]));
        Assert.Equal("\"environment\"", A([environment]));
        Assert.Equal("\"automatic\"", A([environment], ("x.auto.tfvars", "a = \"automatic\"")));
        Assert.Equal("\"first\"", A([first], ("x.auto.tfvars", "a = \"automatic\"")));
        Assert.Equal("\"second\"", A([first, second]));
        Assert.Equal("\"first\"", A([line, second, first]));
        Assert.Equal("\"line\"", A([first, line]));
    }

    [Fact]
    public void A_text_is_an_expression_where_the_variable_is_no_text()
    {
        var loaded = Given([new(VariableSource.CommandLine, "list", "[\"x\", \"y\"]"), new(VariableSource.CommandLine, "a", "[1]")]);
        Assert.Equal("[\"x\", \"y\"]", loaded.Attribute("x_any.this", "list"));
        Assert.Equal("\"[1]\"", loaded.Attribute("x_any.this", "a"));
        Assert.Equal("?Error", Given([new(VariableSource.CommandLine, "list", "[")]).Attribute("x_any.this", "list"));
    }

    [Fact]
    public void A_file_is_for_the_root_around_it_and_else_for_all()
    {
        (string, string)[] files = [("one/main.tf", Root), ("two/main.tf", Root), ("one/prod.tfvars", "a = \"one\""), ("env/all.tfvars", "a = \"all\"")];
        var loaded = new Loaded(files, new LoadOptions { Variables = [new(VariableSource.File, "", "env/all.tfvars"), new(VariableSource.File, "", "one/prod.tfvars")] });
        Assert.Equal(("\"one\"", "\"all\""), (Loaded.Show(loaded["x_any.this", "one"].Body["a"]), Loaded.Show(loaded["x_any.this", "two"].Body["a"])));
    }

    [Fact]
    public void Ephemeral_variables_are_secret()
    {
        var loaded = Loaded.Of("""
            variable "token" {
              ephemeral = true
              default   = "t"
            }
            resource "x_any" "this" { token = var.token }
            """);
        Assert.True(loaded["x_any.this"].Body["token"]!.IsSensitive);
    }

    private static string A(VariableInput[] inputs, params (string, string)[] files) => Given(inputs, files).Attribute("x_any.this", "a");

    private static Loaded Given(VariableInput[] inputs, params (string, string)[] files) => new(
        [("main.tf", Root), ("env/first.tfvars", "a = \"first\""), ("env/second.tfvars.json", "{\"a\": \"second\"}"), .. files], new LoadOptions { Variables = inputs });
}
