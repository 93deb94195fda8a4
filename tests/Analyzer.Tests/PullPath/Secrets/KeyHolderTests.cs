using System.Text;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.Tests.PullPath.Secrets;

public class KeyHolderTests
{
    private const string Id = "AKIAZZZZ0000ZZZZ0000";
    private const string Key = "0000aaaaZZZZ/not+a+real+key/0000aaaaZZZZ";

    private static readonly string Account =
        "{\"type\": \"service_account\", \"private_key\": \"-----BEGIN PRIVATE KEY-----" + new string('0', 200) + "\"}";

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Pod(string container, string volumes = "[]") =>
        $"apiVersion: v1\nkind: Pod\nmetadata: {{name: api, namespace: shop}}\nspec: {{containers: [{{name: api, image: nginx, {container}}}], volumes: {volumes}}}\n";

    private static string Secret(string data, string part = "stringData") => $"apiVersion: v1\nkind: Secret\nmetadata: {{name: keys, namespace: shop}}\n{part}: {data}\n";

    private static List<KeyHolder> Read(string path, params string[] objects) =>
        Pipeline.Read(new MemoryFiles([(path, string.Join("---\n", objects))]), new ProblemLog()).Model.Facts.All<KeyHolder>(KeyHolder.Fields).ToList();

    /// <summary>What is found: <c>name from</c> of each credential, <c>?</c> where there may be one.</summary>
    private static string Found(params string[] objects) => string.Join("; ", Read("k/all.yaml", objects).Select(holder =>
        $"{holder.Kind}: {string.Join(", ", holder.Keys.Values.OfType<MapValue>().Select(key => $"{key["name"]} {key["from"]}"))}{(holder.Keys.IsOpen ? "?" : "")}"));

    [Theory]
    [InlineData("AWS_ACCESS_KEY_ID", Id, "Pod: AWS_ACCESS_KEY_ID literal")]
    [InlineData("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE", "")]
    [InlineData("AWS_ACCESS_KEY_ID", "minioadmin", "")]
    [InlineData("AWS_ACCESS_KEY_ID", "", "")]
    [InlineData("AWS_ACCESS_KEY_ID", "${ID}", "Pod: ?")]
    [InlineData("AWS_SECRET_ACCESS_KEY", Key, "Pod: AWS_SECRET_ACCESS_KEY literal")]
    [InlineData("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "")]
    [InlineData("AWS_SECRET_ACCESS_KEY", "test", "")]
    [InlineData("AWS_SESSION_TOKEN", "short", "")]
    [InlineData("AZURE_CLIENT_SECRET", "0nt8Q~nothing-that-was-ever-a-secret", "Pod: AZURE_CLIENT_SECRET literal")]
    [InlineData("ARM_CLIENT_SECRET", "changeme", "")]
    [InlineData("AZURE_PASSWORD", "hunter2", "Pod: ?")]
    [InlineData("GOOGLE_CREDENTIALS", "/etc/key.json", "")]
    [InlineData("GCP_SA_KEY", "e30=", "")]
    [InlineData("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/api", "")]
    [InlineData("PASSWORD", "hunter2hunter2hunter2hunter2", "")]
    public void A_variable_is_a_credential_by_its_name_and_the_form_of_its_value(string name, string value, string found) =>
        Assert.Equal(found, Found(Pod($"env: [{{name: {name}, value: '{value}'}}]")));

    [Fact]
    public void A_key_of_a_Google_account_is_found_plain_and_encoded()
    {
        Assert.Equal("Pod: GOOGLE_CREDENTIALS literal, GCP_SA_KEY literal", Found(Pod($"env: [{{name: GOOGLE_CREDENTIALS, value: '{Account}'}}, {{name: GCP_SA_KEY, value: {Base64(Account)}}}]")));
        Assert.Equal("Secret: key.json literal", Found(Secret($"{{key.json: '{Account}'}}")));
        Assert.Equal("Secret: key.json literal", Found(Secret($"{{key.json: {Base64(Account)}}}", "data")));
        Assert.Equal("", Found(Secret("{key.json: '{\"type\": \"external_account\"}', user: robot, password: " + Key + "}")));
    }

    [Theory]
    [InlineData("{id: " + Id + "}", "Secret: id literal")]
    [InlineData("{credentials: \"[default]\\naws_access_key_id=" + Id + "\\n\"}", "Secret: credentials literal")]
    [InlineData("{credentials: X" + Id + "}", "")]
    [InlineData("{credentials: " + Id + "0}", "")]
    [InlineData("{credentials: AKIA}", "")]
    [InlineData("{AWS_SECRET_ACCESS_KEY: '${KEY}'}", "Secret: ?")]
    [InlineData("{other: '${KEY}'}", "")]
    [InlineData("text", "")]
    public void A_Secret_holds_a_credential_by_the_form_of_its_texts(string data, string found) => Assert.Equal(found, Found(Secret(data)));

    [Theory]
    [InlineData("", "", "Pod: AWS_ACCESS_KEY_ID secret")]
    [InlineData("", ", optional: true", "Pod: ?")]
    [InlineData("{id: ''}", "", "")]
    [InlineData("{id: storage}", "", "")]
    [InlineData("{id: '${ID}'}", ", optional: true", "Pod: AWS_ACCESS_KEY_ID secret")]
    [InlineData("{other: x}", "", "Pod: ?")]
    [InlineData("{id: " + Id + "}", "", "Secret: id literal")]
    public void What_a_variable_gets_from_a_Secret_is_what_the_Secret_holds(string data, string more, string found) =>
        Assert.Equal(found, Found([Pod($"env: [{{name: AWS_ACCESS_KEY_ID, valueFrom: {{secretKeyRef: {{name: keys, key: id{more}}}}}}}]"), .. data.Length == 0 ? Array.Empty<string>() : [Secret(data)]]));

    [Fact]
    public void A_Secret_that_holds_a_credential_knows_the_pods_that_are_given_it()
    {
        var holder = Assert.Single(Read("k/all.yaml", Secret($"{{AWS_ACCESS_KEY_ID: {Id}}}"), Pod("envFrom: [{secretRef: {name: keys}}]")));
        Assert.Equal(("Secret", "Pod"), (holder.Kind, Assert.Single(holder.Workloads.Each<Workload>()).Kind));
    }

    [Theory]
    [InlineData("env: [{name: AWS_ACCESS_KEY_ID, value: " + Id + "}, {name: S3_ENDPOINT, value: 'http://storage'}]", "")]
    [InlineData("env: [{name: AWS_ACCESS_KEY_ID, value: " + Id + "}], envFrom: [{configMapRef: {name: other}}]", "Pod: ?")]
    [InlineData("env: [{name: AWS_ACCESS_KEY_ID, value: " + Id + "}], envFrom: [{configMapRef: {name: settings}}]", "Pod: AWS_ACCESS_KEY_ID literal")]
    [InlineData("env: [{name: AWS_ACCESS_KEY_ID, value: " + Id + "}], envFrom: [{configMapRef: {name: storage}}]", "")]
    [InlineData("env: [{name: AZURE_CLIENT_SECRET, valueFrom: {secretKeyRef: {name: a, key: b}}}, {name: S3_ENDPOINT, value: 'http://storage'}]", "Pod: AZURE_CLIENT_SECRET secret")]
    [InlineData("env: [{name: AWS_ACCESS_KEY_ID, valueFrom: {configMapKeyRef: {name: a, key: b}}}]", "")]
    public void Keys_for_another_endpoint_are_none_of_AWS(string container, string found) => Assert.Equal(found, Found(
        Pod(container),
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: shop}\ndata: {LOG: debug}\n",
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: storage, namespace: shop}\ndata: {AWS_ENDPOINT_URL: 'http://storage'}\n"));

    [Theory]
    [InlineData("/keys/key.json", "{name: key, secret: {secretName: google}}", "Pod: GOOGLE_APPLICATION_CREDENTIALS secret")]
    [InlineData("/keys/key.json", "{name: key, secret: {secretName: google, optional: true}}", "Pod: ?")]
    [InlineData("/keys/key.json", "{name: key, configMap: {name: google}}", "")]
    [InlineData("/keys/key.json", "{name: key, projected: {sources: [{serviceAccountToken: {path: token}}]}}", "")]
    [InlineData("/keys/key.json", "{name: key, projected: {sources: [{secret: {name: google}}]}}", "Pod: ?")]
    [InlineData("/other/key.json", "{name: key, secret: {secretName: google}}", "")]
    [InlineData("/keys/key.json", "{name: key, secret: {secretName: keys}}", "")]
    [InlineData("${PATH}", "{name: key, secret: {secretName: google}}", "Pod: ?")]
    public void A_path_leads_to_a_key_in_a_volume_that_is_a_Secret(string path, string volume, string found) => Assert.Equal(found, Found(
        Pod($"env: [{{name: GOOGLE_APPLICATION_CREDENTIALS, value: '{path}'}}], volumeMounts: [{{name: key, mountPath: /keys/}}]", $"[{volume}]"), Secret("{key.json: '{\"type\": \"external_account\"}'}")));

    [Fact]
    public void Tests_emulators_rotated_secrets_and_kinds_nobody_knows_are_not_spoken_of()
    {
        const string Given = "env: [{name: AWS_ACCESS_KEY_ID, value: " + Id + "}]";
        Assert.Empty(Read("test/all.yaml", Pod(Given), Secret($"{{id: {Id}}}")));
        Assert.Empty(Read("k/all.yaml", Pod(Given).Replace("image: nginx", "image: localstack/localstack", StringComparison.Ordinal)));
        Assert.Empty(Read("k/all.yaml", Pod(Given).Replace("kind: Pod", "kind: Thing", StringComparison.Ordinal)));
        Assert.Equal("Pod: ?", Found(
            Pod("env: [{name: AWS_ACCESS_KEY_ID, valueFrom: {secretKeyRef: {name: keys, key: id}}}]"),
            "apiVersion: secrets.hashicorp.com/v1beta1\nkind: VaultDynamicSecret\nmetadata: {name: aws, namespace: shop}\nspec: {destination: {name: keys}}\n"));
    }

    [Fact]
    public void Secrets_for_pulling_are_for_other_rules() =>
        Assert.Empty(Read("k/all.yaml", Secret($"{{.dockerconfigjson: '{Id}'}}").Replace("stringData", "type: kubernetes.io/dockerconfigjson\nstringData", StringComparison.Ordinal)));
}
