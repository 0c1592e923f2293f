using Sign.Build.Core.Timestamping;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Timestamping;

[TestClass]
public sealed class BuildDeadlineTests
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(300);
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(299);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly ManualClock _clock = new();

    [TestMethod]
    public void HasPassed_WhenSignaturesWaitForItsLength_IsTrue()
    {
        using var deadline = new BuildDeadline(Length, _clock);
        deadline.Enter();

        var before = PassesAfter(deadline, Most);

        Assert.AreEqual((false, true), (before, PassesAfter(deadline, Rest)));
    }

    [TestMethod]
    public void HasPassed_WhenAnotherSignatureJoins_CountsFromTheFirst()
    {
        using var deadline = new BuildDeadline(Length, _clock);
        deadline.Enter();
        _clock.Advance(Most);
        deadline.Enter();

        Assert.IsTrue(PassesAfter(deadline, Rest));
    }

    [TestMethod]
    public void HasPassed_WhenATimestampCame_CountsFromThere()
    {
        using var deadline = new BuildDeadline(Length, _clock);
        deadline.Enter();
        deadline.Enter();
        _clock.Advance(Most);
        deadline.Restart();
        deadline.Leave();

        var before = PassesAfter(deadline, Most);

        Assert.AreEqual((false, true), (before, PassesAfter(deadline, Rest)));
    }

    [TestMethod]
    public void HasPassed_WhenNobodyWaits_IsFalse()
    {
        using var deadline = new BuildDeadline(Length, _clock);
        deadline.Enter();
        deadline.Restart();
        deadline.Leave();

        Assert.IsFalse(PassesAfter(deadline, 10 * Length));
    }

    [TestMethod]
    public void HasPassed_WhenSomebodyWaitsAgain_CountsFromThere()
    {
        using var deadline = new BuildDeadline(Length, _clock);
        deadline.Enter();
        _clock.Advance(Most);
        deadline.Leave();
        _clock.Advance(Length);
        deadline.Enter();

        var before = PassesAfter(deadline, Most);

        Assert.AreEqual((false, true), (before, PassesAfter(deadline, Rest)));
    }

    [TestMethod]
    public void HasPassed_WhenATimestampComesTooLate_StaysTrue()
    {
        using var deadline = new BuildDeadline(Length, _clock);
        deadline.Enter();
        _clock.Advance(Length);

        deadline.Restart();
        deadline.Leave();
        deadline.Enter();

        Assert.IsTrue(deadline.HasPassed);
    }

    private bool PassesAfter(BuildDeadline deadline, TimeSpan time)
    {
        _clock.Advance(time);
        return deadline.HasPassed;
    }
}
