#include "source/file.h"

#include <gtest/gtest.h>
#include <string>

namespace unspool::source {
namespace {

TEST(SourceFile, TheTextOfUtf8IsTheBytesWithoutBom) {
  auto file = SourceFile::FromBytes("a.py", "\xEF\xBB\xBFx = 'é'\n").value();
  EXPECT_TRUE(file->has_bom());
  EXPECT_EQ(file->text(), "x = 'é'\n");
  EXPECT_EQ(file->text().data(), file->bytes().data() + 3);
}

TEST(SourceFile, ACookieIsFoundAsCPythonFindsIt) {
  auto encoding = [](std::string bytes) {
    auto file = SourceFile::FromBytes("a.py", std::move(bytes));
    return file ? (*file)->encoding().name : std::string("refused");
  };
  EXPECT_EQ(encoding("# coding: latin-1\n"), "iso-8859-1");
  EXPECT_EQ(encoding("\r\n# vim: set fileencoding=cp1252 :\n"), "cp1252");
  EXPECT_EQ(encoding("x = 1\n# coding: latin-1\n"), "utf-8");
  EXPECT_EQ(encoding("\n\n# coding: latin-1\n"), "utf-8");
  EXPECT_EQ(encoding("# coding: utf-16\n"), "refused");
  EXPECT_EQ(encoding("# coding : latin-1\n"), "utf-8");
}

TEST(SourceFile, LatinTextIsDecoded) {
  auto file = SourceFile::FromBytes("a.py", "# coding: latin-1\n\xE9 = 1\n").value();
  EXPECT_EQ(file->text(), "# coding: latin-1\né = 1\n");
  EXPECT_EQ(file->lines().RowText(2), "é = 1");
}

TEST(SourceFile, ATextWhoseCookieMeansNothing) {
  auto file = SourceFile::FromText("n.ipynb", "# coding: latin-1\né = 1\n", 3).value();
  EXPECT_EQ(file->encoding().kind, EncodingKind::Utf8);
  EXPECT_EQ(file->cell(), 3u);
  auto null = SourceFile::FromText("n.ipynb", std::string("x\0", 2), 3);
  ASSERT_FALSE(null.has_value());
  EXPECT_EQ(null.error().kind, ProblemKind::NullByte);
  EXPECT_EQ(null.error().cell, 3u);
}

TEST(SourceFile, EmptyFilesAreFine) {
  EXPECT_EQ(SourceFile::FromBytes("a.py", "").value()->text(), "");
  EXPECT_EQ(SourceFile::FromBytes("a.py", "\xEF\xBB\xBF").value()->text(), "");
}

TEST(LineEnds, TheCommonestWins) {
  EXPECT_EQ(DominantLineEnd(""), LineEnd::Lf);
  EXPECT_EQ(DominantLineEnd("a\nb\r\nc\r\n"), LineEnd::CrLf);
  EXPECT_EQ(DominantLineEnd("a\rb\rc\n"), LineEnd::Cr);
  EXPECT_EQ(WithLineEnd("a\nb", LineEnd::CrLf), "a\r\nb");
}

TEST(Hash, TellsContentsApart) {
  EXPECT_EQ(HashOf("a"), HashOf("a"));
  EXPECT_NE(HashOf("a"), HashOf("b"));
  EXPECT_EQ(HexOf(HashOf("a")).size(), 32u);
}

}  // namespace
}  // namespace unspool::source
