using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Operations;
using static Analyzer.Languages.Functions.Definition;
using static Analyzer.Languages.Functions.Input;

namespace Analyzer.Languages.Functions;

/// <summary>Hash functions and identifiers. What chance decides is unknown.</summary>
internal static class HashFunctions
{
    internal static IEnumerable<Function> All =>
    [
        Hash("md5"),
        Hash("sha1"),
        Hash("sha256"),
        Hash("sha512"),
        Hash("base64sha256"),
        Hash("base64sha512"),
        OfKnown("uuidv5", DataType.Text, "The identifier of a name in a namespace.", Uuid, Text("namespace"), Text("name")),
        Of("uuid", DataType.Text, "A new identifier each time: unknown.", _ => Chance("uuid()")),
        Variadic("bcrypt", DataType.Text, "A salted hash, different each time: unknown.", _ => Chance("bcrypt()"), Text("str"), Number("cost")),
        OfKnown("rsadecrypt", DataType.Text, "What a private key decrypts: not computed.", Decrypt, Text("ciphertext"), Text("privatekey")),
    ];

    /// <summary>Hash functions of bytes, by the suffix of their names: for text here and for files elsewhere.</summary>
    internal static string Hashed(string name, byte[] bytes) => name switch
    {
        "md5" => Hexadecimal(Md5(bytes)),
        "sha1" => Hexadecimal(Sha1(bytes)),
        "sha256" => Hexadecimal(SHA256.HashData(bytes)),
        "sha512" => Hexadecimal(SHA512.HashData(bytes)),
        "base64sha256" => Convert.ToBase64String(SHA256.HashData(bytes)),
        _ => Convert.ToBase64String(SHA512.HashData(bytes)),
    };

    private static Function Hash(string name) => Of(
        name,
        DataType.Text,
        $"The {name} hash of a text.",
        call => call.Text(0).Known is { } text ? new TextValue(Hashed(name, Encoding.UTF8.GetBytes(text))) : Holes.Derived(name, call[0], DataType.Text),
        Text("str"));

    private static string Hexadecimal(byte[] bytes) => Convert.ToHexStringLower(bytes);

    [SuppressMessage("Security", "CA5351", Justification = "The function of the language is called md5.")]
    private static byte[] Md5(byte[] bytes) => MD5.HashData(bytes);

    [SuppressMessage("Security", "CA5350", Justification = "The function of the language is called sha1.")]
    private static byte[] Sha1(byte[] bytes) => SHA1.HashData(bytes);

    private static UnknownValue Chance(string what) => new(UnknownReason.Computed, $"{what} is different each time", type: DataType.Text) { IsNotNull = true };

    private static Value Uuid(Arguments call)
    {
        var space = call.Known(0) switch
        {
            "dns" => "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
            "url" => "6ba7b811-9dad-11d1-80b4-00c04fd430c8",
            "oid" => "6ba7b812-9dad-11d1-80b4-00c04fd430c8",
            "x500" => "6ba7b814-9dad-11d1-80b4-00c04fd430c8",
            var other => other,
        };
        if (!Guid.TryParse(space, out var guid))
        {
            return Conversion.Error("the namespace must be dns, url, oid, x500 or an identifier", DataType.Text);
        }

        var hash = Sha1([.. guid.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(call.Known(1))]);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new TextValue(new Guid(hash.AsSpan(0, 16), bigEndian: true).ToString());
    }

    private static Value Decrypt(Arguments call) => Convert.TryFromBase64String(call.Known(0), new byte[call.Known(0).Length], out _)
        ? new UnknownValue(UnknownReason.NotComputed, "rsadecrypt is not computed", type: DataType.Text)
        : Conversion.Error("the text to decrypt is not base64", DataType.Text);
}
