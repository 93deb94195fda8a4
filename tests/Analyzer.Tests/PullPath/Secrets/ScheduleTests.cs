using Analyzer.PullPath.Readers.Secrets;

namespace Analyzer.Tests.PullPath.Secrets;

public class ScheduleTests
{
    private const long Hour = 3600;
    private const long Day = 24 * Hour;

    [Theory]
    [InlineData("0 * * * *", Hour)]
    [InlineData("*/20 * * * *", Hour / 3)]
    [InlineData("5,25,45 * * * *", Hour / 3)]
    [InlineData("*/25 * * * *", 25 * 60)]
    [InlineData("0 8,18 * * *", 14 * Hour)]
    [InlineData("0 */5 * * *", 5 * Hour)]
    [InlineData("0 6-22/4 * * *", 8 * Hour)]
    [InlineData("@daily", Day)]
    [InlineData("0 0 * * MON-FRI", 3 * Day)]
    [InlineData("0 0 1 * *", 31 * Day)]
    [InlineData("0 0 1 * sun", 7 * Day)]
    [InlineData("0 0 29 2 *", (3 * 365 * Day) + (366 * Day))]
    [InlineData("@every 90m", 90 * 60)]
    [InlineData(" 0   0 * * 7 ", 7 * Day)]
    public void The_longest_gap_counts(string schedule, long seconds) => Assert.Equal(seconds, Schedule.LongestGap(schedule));

    [Theory]
    [InlineData("")]
    [InlineData("* * * *")]
    [InlineData("60 * * * *")]
    [InlineData("*/0 * * * *")]
    [InlineData("5-1 * * * *")]
    [InlineData("a * * * *")]
    [InlineData("0 0 31 2 *")]
    [InlineData("{{ .Values.schedule }}")]
    public void What_is_no_schedule_or_never_comes_has_none(string schedule) => Assert.Null(Schedule.LongestGap(schedule));
}
