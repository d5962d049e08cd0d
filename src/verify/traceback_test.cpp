#include "verify/traceback.h"

#include <gtest/gtest.h>

namespace unspool::verify {
namespace {

class Traceback : public testing::Test {
 protected:
  Traceback() {
    subject_.root = "/home/me/project";
    FileVersion file;
    file.path = "a.py";
    file.original_lines = {0, 0, 0, 5, 6, 1, 4};
    subject_.files.push_back(file);
    subject_.generated_functions = {{"a.py", "_item_of", "Table.rows"}};
    subject_.support_files = {"support.py"};
  }

  std::string Frames(Side side, const std::vector<Frame>& frames) const {
    std::string text;
    for (const Frame& frame : normaliser().Frames(side, frames)) text += FrameText(frame) + "\n";
    return text;
  }
  std::string Stderr(Side side, std::string_view input) const {
    std::string text;
    for (const StderrLine& line : normaliser().Stderr(side, input)) {
      text += line.text;
      if (line.is_frame) text += " @" + std::to_string(line.line);
      text += "\n";
    }
    return text;
  }
  FrameNormaliser normaliser() const { return {subject_, "/tmp/x/run/project", "/tmp/x/hook"}; }

  Subject subject_;
};

TEST_F(Traceback, OriginalFramesAreRelative) {
  EXPECT_EQ(Frames(Side::Original, {{"/tmp/x/run/project/a.py", 3, "<module>"},
                                    {"/usr/lib/python3.11/json/decoder.py", 355, "raw_decode"}}),
            "a.py:3 in <module>\n/usr/lib/python3.11/json/decoder.py:355 in raw_decode\n");
}

TEST_F(Traceback, HelperStandsForItsOrigin) {
  EXPECT_EQ(Frames(Side::Rewritten, {{"/tmp/x/run/project/a.py", 6, "<module>"},
                                     {"/tmp/x/run/project/a.py", 7, "rows"},
                                     {"/tmp/x/run/project/support.py", 80, "ordered_map"},
                                     {"/tmp/x/run/project/a.py", 4, "_item_of"},
                                     {"/tmp/x/run/project/b.py", 9, "read"}}),
            "a.py:1 in <module>\na.py:5 in rows\nb.py:9 in read\n");
}

TEST_F(Traceback, SameNamesInTheOriginalAreLeftAlone) {
  EXPECT_EQ(Frames(Side::Original, {{"/tmp/x/run/project/support.py", 4, "_item_of"}}),
            "support.py:4 in _item_of\n");
}

TEST_F(Traceback, MachineryOfWorkersIsLeftOut) {
  EXPECT_EQ(Frames(Side::Rewritten,
                   {{"/usr/lib/python3.11/multiprocessing/process.py", 314, "_bootstrap"},
                    {"/usr/lib/python3.11/concurrent/futures/process.py", 200, "_chunk"},
                    {"<frozen runpy>", 88, "_run_code"},
                    {"/tmp/x/hook/sitecustomize.py", 9, "exec_module"},
                    {"/tmp/x/run/project/b.py", 9, "read"}}),
            "b.py:9 in read\n");
}

TEST_F(Traceback, ComprehensionIsPartOfItsFunction) {
  EXPECT_EQ(Frames(Side::Original, {{"/tmp/x/run/project/a.py", 3, "f"},
                                    {"/tmp/x/run/project/a.py", 4, "<listcomp>"}}),
            "a.py:4 in f\n");
}

TEST_F(Traceback, PrintedTracebackOfBothSidesBecomesTheSame) {
  const std::string original =
      "Traceback (most recent call last):\n"
      "  File \"/tmp/x/run/project/a.py\", line 1, in <module>\n"
      "    print(rows())\n"
      "          ^^^^^^\n"
      "  File \"/tmp/x/run/project/a.py\", line 5, in rows\n"
      "    item = read(x)\n"
      "ValueError: <Thing object at 0x7f0011223344>\n";
  const std::string rewritten =
      "Traceback (most recent call last):\n"
      "  File \"/tmp/x/run/project/a.py\", line 6, in <module>\n"
      "    print(rows())\n"
      "  File \"/tmp/x/run/project/a.py\", line 7, in rows\n"
      "    for item in ordered_map(_item_of, xs):\n"
      "  File \"/tmp/x/run/project/support.py\", line 80, in ordered_map\n"
      "    pair = item, task(item)\n"
      "                 ^^^^^^^^^^\n"
      "  File \"/tmp/x/run/project/a.py\", line 4, in _item_of\n"
      "    return read(x)\n"
      "ValueError: <Thing object at 0x7f99aabbccdd>\n";
  EXPECT_EQ(Stderr(Side::Original, original),
            "Traceback (most recent call last):\n"
            "  File \"a.py\", in <module> @1\n"
            "  File \"a.py\", in rows @5\n"
            "ValueError: <Thing object at 0x...>\n");
  EXPECT_EQ(Stderr(Side::Rewritten, rewritten), Stderr(Side::Original, original));
}

TEST_F(Traceback, GroupsChainsAndSyntaxErrorsStay) {
  const std::string text =
      "  + Exception Group Traceback (most recent call last):\n"
      "  |   File \"/tmp/x/run/project/a.py\", line 3, in <module>\n"
      "  |     raise group\n"
      "  | ExceptionGroup: g (1 sub-exception)\n"
      "  +-+---------------- 1 ----------------\n"
      "    | ValueError: 1\n"
      "    +------------------------------------\n"
      "During handling of the above exception, another exception occurred:\n"
      "  File \"/tmp/x/run/project/a.py\", line 2\n"
      "    def f(:\n"
      "          ^\n"
      "SyntaxError: invalid syntax\n";
  const std::string got = Stderr(Side::Original, text);
  EXPECT_NE(got.find("File \"a.py\", in <module> @3\n"), std::string::npos) << got;
  EXPECT_EQ(got.find("raise group"), std::string::npos) << got;
  EXPECT_NE(got.find("    +------------------------------------\n"), std::string::npos) << got;
  EXPECT_NE(got.find("SyntaxError: invalid syntax\n"), std::string::npos) << got;
}

TEST_F(Traceback, WarningsFollowTheirLine) {
  EXPECT_EQ(Stderr(Side::Rewritten,
                   "/tmp/x/run/project/a.py:7: UserWarning: old\n  warnings.warn('old')\nnext\n"),
            "a.py: UserWarning: old @4\nnext\n");
}

TEST_F(Traceback, TextThatOnlyLooksLikeATracebackIsKept) {
  EXPECT_EQ(Stderr(Side::Original, "File \"x\"\n  File \"y\", line z\nadr 0x12 at 0x12\n"),
            "File \"x\"\n  File \"y\", line z\nadr 0x12 at 0x12\n");
  EXPECT_EQ(Stderr(Side::Original, "no end"), "no end\n\n");
  EXPECT_EQ(Stderr(Side::Original, ""), "");
}

TEST_F(Traceback, UnknownLinesMatchAnyLine) {
  EXPECT_TRUE(SameFrames({{"a", 1, "f"}}, {{"a", 0, "f"}}));
  EXPECT_FALSE(SameFrames({{"a", 1, "f"}}, {{"a", 2, "f"}}));
  EXPECT_FALSE(SameFrames({{"a", 1, "f"}}, {{"a", 0, "g"}}));
  EXPECT_FALSE(SameFrames({{"a", 1, "f"}}, {}));
}

}  // namespace
}  // namespace unspool::verify
