#include "verify/certificate.h"

#include "verify/exception_record.h"
#include "verify/format.h"

#include <gtest/gtest.h>

namespace unspool::verify {
namespace {

TEST(Certificate, VerdictFollowsFromTheFindings) {
  Certificate certificate;
  EXPECT_EQ(certificate.verdict(), Verdict::CouldNotRun);
  certificate.comparison.emplace();
  certificate.comparison->verdict = ComparisonVerdict::Equal;
  EXPECT_EQ(certificate.verdict(), Verdict::EqualNotMeasured);
  certificate.failure = "interrupted";
  EXPECT_EQ(certificate.verdict(), Verdict::CouldNotRun);
  certificate.failure.clear();
  certificate.measurement.emplace();
  EXPECT_EQ(certificate.verdict(), Verdict::NotFaster);
  certificate.measurement->speed.accepted = true;
  EXPECT_EQ(certificate.verdict(), Verdict::EqualAndFaster);
  certificate.measurement->differences.emplace_back();
  EXPECT_EQ(certificate.verdict(), Verdict::Mismatch);
  certificate.comparison->verdict = ComparisonVerdict::Unstable;
  EXPECT_EQ(certificate.verdict(), Verdict::Unstable);
  certificate.comparison->verdict = ComparisonVerdict::Different;
  EXPECT_EQ(certificate.verdict(), Verdict::Mismatch);
  EXPECT_EQ(ExitCode(Verdict::EqualAndFaster), 0);
  EXPECT_EQ(ExitCode(Verdict::NotFaster), 1);
  EXPECT_EQ(ExitCode(Verdict::CouldNotRun), 2);
}

TEST(Certificate, EmptyOneReadsBack) {
  const Certificate certificate;
  auto again = CertificateFromJson(ToJson(certificate));
  ASSERT_TRUE(again.has_value()) << again.error().message;
  EXPECT_EQ(ToJson(*again), ToJson(certificate));
}

TEST(Speed, AcceptedOnlyWhenTheLowEndReachesTheBound) {
  const MeasureOptions options;
  const std::vector<double> slow = {2.0, 2.01, 2.02, 1.99, 1.98, 2.005};
  const std::vector<double> fast = {1.0, 1.01, 1.02, 0.99, 0.98, 1.005};
  const std::vector<double> nearly = {1.9, 1.91, 1.92, 1.89, 1.88, 1.905};
  EXPECT_TRUE(JudgeSpeed(slow, fast, options, 0.95).accepted);
  SpeedJudgement little = JudgeSpeed(slow, nearly, options, 0.95);
  EXPECT_EQ(little.verdict, SpeedVerdict::Faster);
  EXPECT_FALSE(little.accepted);
  EXPECT_EQ(JudgeSpeed(fast, slow, options, 0.95).verdict, SpeedVerdict::Slower);
  EXPECT_EQ(JudgeSpeed(slow, slow, options, 0.95).verdict, SpeedVerdict::NotSignificant);
  // Two runs show nothing, however far apart they are.
  EXPECT_FALSE(JudgeSpeed({2.0, 2.1}, {1.0, 1.1}, options, 0.95).accepted);
}

TEST(Excerpt, IsValidTextOnOneLine) {
  EXPECT_EQ(Excerpt("a\nb\r\tc"), "a\\nb\\r\tc");
  EXPECT_EQ(Excerpt("\xff\xc3\xa4\xed\xa0\x80\x1b"), "\\xff\xc3\xa4\\xed\\xa0\\x80\\x1b");
  EXPECT_EQ(Excerpt("abcdef", 3), "abc...");
  EXPECT_EQ(Excerpt("\xc3"), "\\xc3");
}

TEST(HookRecord, WhateverItHoldsIsNoCrash) {
  EXPECT_TRUE(ParseHookRecord("{}").has_value());
  EXPECT_TRUE(ParseHookRecord(R"({"exception":null,"peak_kib":5})").has_value());
  for (const char* text : {"", "[", "3", R"({"peak_kib":"x"})", R"({"exception":{"frames":[[1]]}})",
                           R"({"exception":{"args":[1]}})", R"({"exception":{"type":[]}})"}) {
    EXPECT_FALSE(ParseHookRecord(text).has_value()) << text;
  }
}

TEST(Format, Seconds) {
  EXPECT_EQ(FormatSeconds(0.00123), "1.23 ms");
  EXPECT_EQ(FormatSeconds(0.0999), "99.9 ms");
  EXPECT_EQ(FormatSeconds(0.5), "500 ms");
  EXPECT_EQ(FormatSeconds(1.234), "1.23 s");
  EXPECT_EQ(FormatSeconds(12.34), "12.3 s");
  EXPECT_EQ(FormatSeconds(1234), "1234 s");
}

}  // namespace
}  // namespace unspool::verify
