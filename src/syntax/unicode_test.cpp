#include "syntax/unicode.h"

#include <gtest/gtest.h>

namespace unspool::syntax {
namespace {

constexpr Version k38{3, 8};
constexpr Version kTarget{3, 11};
constexpr Version k312{3, 12};
constexpr Version k313{3, 13};
constexpr Version k315{3, 15};

TEST(Unicode, AsciiIdentifiers) {
  for (char32_t c = 0; c < 0x80; ++c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    EXPECT_EQ(IsIdentifierStart(c, kTarget), letter) << uint32_t{c};
    EXPECT_EQ(IsIdentifierContinue(c, kTarget), letter || (c >= '0' && c <= '9')) << uint32_t{c};
  }
}

TEST(Unicode, IdentifiersBeyondAscii) {
  EXPECT_TRUE(IsIdentifierStart(0xE9, kTarget));     // e with acute
  EXPECT_TRUE(IsIdentifierStart(0x2118, kTarget));   // script capital p: Other_ID_Start
  EXPECT_FALSE(IsIdentifierStart(0x0301, kTarget));  // a combining mark
  EXPECT_TRUE(IsIdentifierContinue(0x0301, kTarget));
  EXPECT_TRUE(IsIdentifierContinue(0xB7, kTarget));  // middle dot: Other_ID_Continue
  EXPECT_FALSE(IsIdentifierStart(0x037A, kTarget));  // its NFKC form begins with a space
  EXPECT_FALSE(IsIdentifierStart(0x20AC, kTarget));  // euro sign
  EXPECT_FALSE(IsIdentifierStart(0x10FFFF, kTarget));
}

TEST(Unicode, NewCharactersComeWithTheirPython) {
  EXPECT_FALSE(IsIdentifierStart(0x1E290, k38));  // Toto, Unicode 14
  EXPECT_TRUE(IsIdentifierStart(0x1E290, kTarget));
  EXPECT_FALSE(IsPrintable(0x1FAE8, kTarget));  // shaking face, Unicode 15
  EXPECT_TRUE(IsPrintable(0x1FAE8, k312));
  EXPECT_FALSE(IsIdentifierContinue(0x30FB, k312));  // katakana middle dot, 15.1
  EXPECT_TRUE(IsIdentifierContinue(0x30FB, k313));
}

TEST(Unicode, Printable) {
  EXPECT_TRUE(IsPrintable(' ', kTarget));
  EXPECT_FALSE(IsPrintable(0x7F, kTarget));
  EXPECT_FALSE(IsPrintable(0xA0, kTarget));    // a blank that is not the blank
  EXPECT_FALSE(IsPrintable(0xAD, kTarget));    // soft hyphen
  EXPECT_FALSE(IsPrintable(0xD800, kTarget));  // a surrogate
  EXPECT_FALSE(IsPrintable(0xE000, kTarget));  // private use
  EXPECT_TRUE(IsPrintable(0x1F600, kTarget));
}

TEST(Unicode, Nfkc) {
  EXPECT_EQ(Nfkc("plain"), "plain");
  EXPECT_EQ(Nfkc("\xEF\xAC\x81"), "fi");                        // the ligature
  EXPECT_EQ(Nfkc("e\xCC\x81"), "\xC3\xA9");                     // composed
  EXPECT_EQ(Nfkc("\xF0\x9D\x94\xB8"), "A");                     // double-struck A
  EXPECT_EQ(Nfkc("\xE1\x84\x80\xE1\x85\xA1"), "\xEA\xB0\x80");  // a Hangul syllable
}

TEST(Unicode, NamesAndAliases) {
  EXPECT_EQ(LookupCharacterName("LATIN SMALL LETTER A", kTarget), U'a');
  EXPECT_EQ(LookupCharacterName("latin small letter a", kTarget), U'a');
  EXPECT_EQ(LookupCharacterName("NUL", kTarget), U'\0');
  EXPECT_EQ(LookupCharacterName("ALERT", kTarget), char32_t{7});
  EXPECT_EQ(LookupCharacterName("BELL", kTarget), char32_t{0x1F514});
  EXPECT_EQ(LookupCharacterName("LATIN CAPITAL LETTER GHA", kTarget), char32_t{0x1A2});
  EXPECT_EQ(LookupCharacterName("SHAKING FACE", kTarget), std::nullopt);
  EXPECT_EQ(LookupCharacterName("SHAKING FACE", k312), char32_t{0x1FAE8});
  EXPECT_EQ(LookupCharacterName("", kTarget), std::nullopt);
  EXPECT_EQ(LookupCharacterName("KEYCAP DIGIT ONE", kTarget), std::nullopt);  // a sequence
}

TEST(Unicode, NamesMadeByRule) {
  EXPECT_EQ(LookupCharacterName("HANGUL SYLLABLE GAG", kTarget), char32_t{0xAC01});
  EXPECT_EQ(LookupCharacterName("HANGUL SYLLABLE A", kTarget), char32_t{0xC544});
  EXPECT_EQ(LookupCharacterName("HANGUL SYLLABLE HIH", kTarget), char32_t{0xD7A3});
  EXPECT_EQ(LookupCharacterName("hangul syllable gag", kTarget), std::nullopt);
  EXPECT_EQ(LookupCharacterName("HANGUL SYLLABLE GX", kTarget), std::nullopt);
  EXPECT_EQ(LookupCharacterName("CJK UNIFIED IDEOGRAPH-4E00", kTarget), char32_t{0x4E00});
  EXPECT_EQ(LookupCharacterName("CJK UNIFIED IDEOGRAPH-4e00", kTarget), std::nullopt);
  EXPECT_EQ(LookupCharacterName("CJK UNIFIED IDEOGRAPH-0041", kTarget), std::nullopt);
  EXPECT_EQ(LookupCharacterName("CJK UNIFIED IDEOGRAPH-F900", kTarget), std::nullopt);
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
