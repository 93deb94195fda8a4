using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;

namespace Analyzer.Tests.Terraform;

public class OmissionTests
{
    [Fact]
    public void What_is_switched_off_is_no_resource_and_tells_what_it_would_be()
    {
        var loaded = Loaded.Files(
            ("main.tf", """
                module "nodes" {
                  source = "./nodes"
                  create = true
                  read   = false
                }
                """),
            ("nodes/main.tf", """
                variable "create" { type = bool }
                variable "read" { type = bool }
                variable "more" { default = [] }
                resource "google_service_account" "nodes" {
                  account_id = "nodes"
                }
                resource "google_project_iam_member" "read" {
                  count  = var.create && var.read ? 1 : 0
                  role   = "roles/artifactregistry.reader"
                  member = google_service_account.nodes.member
                }
                resource "google_project_iam_member" "more" {
                  for_each = toset(var.more)
                  role     = each.key
                  member   = google_service_account.nodes.member
                }
                """));

        Assert.Equal(["module.nodes.google_service_account.nodes"], loaded.Addresses);
        var (read, more) = (Of(loaded, "read"), Of(loaded, "more"));
        Assert.Equal("\"roles/artifactregistry.reader\"", Loaded.Show(read.Resource.Body["role"]));
        Assert.Equal("?module.nodes.google_service_account.nodes.member", Loaded.Show(read.Resource.Body["member"]));
        Assert.Equal("module.nodes", read.Resource.Module);
        Assert.IsType<UnknownValue>(more.Resource.Body["role"]);
    }

    [Fact]
    public void An_empty_default_is_named_behind_all_that_was_computed_from_it()
    {
        var loaded = Loaded.Files(
            ("main.tf", """
                variable "groups" {
                  type    = map(object({ zones = list(string) }))
                  default = {}
                }
                locals {
                  groups = { for name, group in var.groups : name => merge(group, { name = name }) }
                }
                module "network" {
                  source = "./network"
                  groups = local.groups
                }
                """),
            ("network/main.tf", """
                variable "groups" { type = any }
                locals {
                  zones  = distinct(flatten([for name, group in var.groups : group.zones]))
                  ranges = { for at, zone in local.zones : "10.0.${at}.0/24" => zone }
                }
                resource "x_y" "z" {
                  for_each = local.ranges
                }
                """));

        var last = Of(loaded, "z").Because[^1];
        Assert.Equal((StepKind.RootDefault, "var.groups"), (last.Trace!.Kind, last.Trace.Name));
    }

    [Fact]
    public void The_value_that_says_no_is_named_with_the_way_it_came()
    {
        var loaded = Loaded.Files(
            ("main.tf", """
                module "off" {
                  source = "./nodes"
                  create = true
                }
                """),
            ("nodes/main.tf", """
                variable "create" { type = bool }
                variable "read" { default = false }
                resource "x_y" "z" {
                  count = var.create && var.read ? 1 : 0
                }
                resource "x_y" "other" {
                  count = var.create ? 0 : 1
                }
                """));

        var only = Assert.Single(Of(loaded, "z").Because);
        Assert.Equal("false", Loaded.Show(only));
        Assert.Equal((StepKind.Default, "var.read"), (only.Trace!.Kind, only.Trace.Name));

        // Where nothing says no by itself, everything that is read counts.
        Assert.Equal("var.create", Assert.Single(Of(loaded, "other").Because).Trace!.Name);
    }

    [Fact]
    public void What_may_be_there_is_not_switched_off()
    {
        var loaded = Loaded.Of("""
            variable "on" { type = bool }
            variable "keys" { type = set(string) }
            resource "x_y" "maybe" {
              count = var.on ? 1 : 0
            }
            resource "x_y" "some" {
              for_each = var.keys
            }
            data "x_y" "never" {
              count = 0
            }
            """);

        Assert.Empty(loaded.Inventory.Omissions);
    }

    private static Omission Of(Loaded loaded, string name) => loaded.Inventory.Omissions.Single(each => each.Resource.Name == name);
}
