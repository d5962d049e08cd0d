#include "syntax/unicode.h"

#include <gtest/gtest.h>

namespace unspool::syntax {
namespace {

constexpr Version k38{3, 8};
constexpr Version k311{3, 11};
constexpr Version k312{3, 12};
constexpr Version k313{3, 13};
constexpr Version k315{3, 15};

TEST(Unicode, AsciiIdentifiers) {
  for (char32_t c = 0; c < 0x80; ++c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    EXPECT_EQ(IsIdentifierStart(c, k311), letter) << uint32_t{c};
    EXPECT_EQ(IsIdentifierContinue(c, k311), letter || (c >= '0' && c <= '9')) << uint32_t{c};
  }
}

TEST(Unicode, IdentifiersBeyondAscii) {
  EXPECT_TRUE(IsIdentifierStart(0xE9, k311));     // e with acute
  EXPECT_TRUE(IsIdentifierStart(0x2118, k311));   // script capital p: Other_ID_Start
  EXPECT_FALSE(IsIdentifierStart(0x0301, k311));  // a combining mark
  EXPECT_TRUE(IsIdentifierContinue(0x0301, k311));
  EXPECT_TRUE(IsIdentifierContinue(0xB7, k311));  // middle dot: Other_ID_Continue
  EXPECT_FALSE(IsIdentifierStart(0x037A, k311));  // its NFKC form begins with a space
  EXPECT_FALSE(IsIdentifierStart(0x20AC, k311));  // euro sign
  EXPECT_FALSE(IsIdentifierStart(0x10FFFF, k311));
}

TEST(Unicode, NewCharactersComeWithTheirPython) {
  EXPECT_FALSE(IsIdentifierStart(0x1E290, k38));  // Toto, Unicode 14
  EXPECT_TRUE(IsIdentifierStart(0x1E290, k311));
  EXPECT_FALSE(IsPrintable(0x1FAE8, k311));  // shaking face, Unicode 15
  EXPECT_TRUE(IsPrintable(0x1FAE8, k312));
  EXPECT_FALSE(IsIdentifierContinue(0x30FB, k312));  // katakana middle dot, 15.1
  EXPECT_TRUE(IsIdentifierContinue(0x30FB, k313));
}

TEST(Unicode, Printable) {
  EXPECT_TRUE(IsPrintable(' ', k311));
  EXPECT_FALSE(IsPrintable(0x7F, k311));
  EXPECT_FALSE(IsPrintable(0xA0, k311));    // a blank that is not the blank
  EXPECT_FALSE(IsPrintable(0xAD, k311));    // soft hyphen
  EXPECT_FALSE(IsPrintable(0xD800, k311));  // a surrogate
  EXPECT_FALSE(IsPrintable(0xE000, k311));  // private use
  EXPECT_TRUE(IsPrintable(0x1F600, k311));
}

TEST(Unicode, Nfkc) {
  EXPECT_EQ(Nfkc("plain"), "plain");
  EXPECT_EQ(Nfkc("\xEF\xAC\x81"), "fi");                        // the ligature
  EXPECT_EQ(Nfkc("e\xCC\x81"), "\xC3\xA9");                     // composed
  EXPECT_EQ(Nfkc("\xF0\x9D\x94\xB8"), "A");                     // double-struck A
  EXPECT_EQ(Nfkc("\xE1\x84\x80\xE1\x85\xA1"), "\xEA\xB0\x80");  // a Hangul syllable
}

TEST(Unicode, NamesAndAliases) {
  EXPECT_EQ(LookupCharacterName("LATIN SMALL LETTER A", k311), U'a');
  EXPECT_EQ(LookupCharacterName("latin small letter a", k311), U'a');
  EXPECT_EQ(LookupCharacterName("NUL", k311), U'\0');
  EXPECT_EQ(LookupCharacterName("ALERT", k311), char32_t{7});
  EXPECT_EQ(LookupCharacterName("BELL", k311), char32_t{0x1F514});
  EXPECT_EQ(LookupCharacterName("LATIN CAPITAL LETTER GHA", k311), char32_t{0x1A2});
  EXPECT_EQ(LookupCharacterName("SHAKING FACE", k311), std::nullopt);
  EXPECT_EQ(LookupCharacterName("SHAKING FACE", k312), char32_t{0x1FAE8});
  EXPECT_EQ(LookupCharacterName("", k311), std::nullopt);
  EXPECT_EQ(LookupCharacterName("KEYCAP DIGIT ONE", k311), std::nullopt);  // a sequence
}

TEST(Unicode, NamesMadeByRule) {
  EXPECT_EQ(LookupCharacterName("HANGUL SYLLABLE GAG", k311), char32_t{0xAC01});
  EXPECT_EQ(LookupCharacterName("HANGUL SYLLABLE A", k311), char32_t{0xC544});
  EXPECT_EQ(LookupCharacterName("HANGUL SYLLABLE HIH", k311), char32_t{0xD7A3});
  EXPECT_EQ(LookupCharacterName("hangul syllable gag", k311), std::nullopt);
  EXPECT_EQ(LookupCharacterName("HANGUL SYLLABLE GX", k311), std::nullopt);
  EXPECT_EQ(LookupCharacterName("CJK UNIFIED IDEOGRAPH-4E00", k311), char32_t{0x4E00});
  EXPECT_EQ(LookupCharacterName("CJK UNIFIED IDEOGRAPH-4e00", k311), std::nullopt);
  EXPECT_EQ(LookupCharacterName("CJK UNIFIED IDEOGRAPH-0041", k311), std::nullopt);
  EXPECT_EQ(LookupCharacterName("CJK UNIFIED IDEOGRAPH-F900", k311), std::nullopt);
  EXPECT_EQ(LookupCharacterName("CJK UNIFIED IDEOGRAPH-2EBF0", k312), std::nullopt);
  EXPECT_EQ(LookupCharacterName("CJK UNIFIED IDEOGRAPH-2EBF0", k315), char32_t{0x2EBF0});
}

TEST(Unicode, Utf8BothWays) {
  for (char32_t c : {char32_t{0x41}, char32_t{0xE9}, char32_t{0x20AC}, char32_t{0xDC80},
                     char32_t{0x1F600}, char32_t{0x10FFFF}}) {
    std::string text;
    AppendUtf8(text, c);
    const DecodedCharacter decoded = DecodeUtf8(text, 0);
    EXPECT_EQ(decoded.character, c);
    EXPECT_EQ(decoded.length, text.size());
  }
}

}  // namespace
}  // namespace unspool::syntax
