#include "syntax/literals.h"

#include <gtest/gtest.h>

namespace unspool::syntax {
namespace {

using std::literals::string_literals::operator""s;

constexpr Version k311{3, 11};

std::string Text(std::string_view body, bool raw = false) {
  std::string out;
  EXPECT_FALSE(DecodeString(body, raw, k311, out)) << body;
  return out;
}

std::string TextError(std::string_view body) {
  std::string out;
  std::optional<LiteralError> error = DecodeString(body, false, k311, out);
  return error ? error->message : "accepted";
}

std::string Bytes(std::string_view body, bool raw = false) {
  std::string out;
  EXPECT_FALSE(DecodeBytes(body, raw, k311, out)) << body;
  return out;
}

TEST(DecodeString, Escapes) {
  EXPECT_EQ(Text(R"(a\tb\n\r\a\b\f\v\\\'\")"), "a\tb\n\r\a\b\f\v\\'\"");
  EXPECT_EQ(Text(R"(\x41\u00e9\U0001F600)"), "A\xC3\xA9\xF0\x9F\x98\x80");
  EXPECT_EQ(Text(R"(\0\12\1234\400\8)"), "\0\nS4\xC4\x80\\8"s);
  EXPECT_EQ(Text("a\\\nb"), "ab");
  EXPECT_EQ(Text(R"(\N{BULLET}\N{bullet})"), "\xE2\x80\xA2\xE2\x80\xA2");
  EXPECT_EQ(Text(R"(\ud800x)"), "\xED\xA0\x80x");
}

TEST(DecodeString, UnknownEscapesStay) {
  EXPECT_EQ(Text(R"(\d\ \é)"), R"(\d\ \é)");
  EXPECT_EQ(Text("\\"), "\\");
}

TEST(DecodeString, Raw) {
  EXPECT_EQ(Text(R"(\n\x)", true), R"(\n\x)");
}

TEST(DecodeString, LineEndsBecomeNewlines) {
  EXPECT_EQ(Text("a\r\nb\rc\n"), "a\nb\nc\n");
  EXPECT_EQ(Text("a\r\nb", true), "a\nb");
  EXPECT_EQ(Text("a\\\r\nb"), "ab");
}

// All taken from CPython 3.11.
TEST(DecodeString, MessagesAndPositions) {
  const std::string prefix =
      "(unicode error) 'unicodeescape' codec can't decode bytes in position ";
  EXPECT_EQ(TextError(R"(\x)"), prefix + "0-1: truncated \\xXX escape");
  EXPECT_EQ(TextError(R"(\x4g)"), prefix + "0-2: truncated \\xXX escape");
  EXPECT_EQ(TextError(R"(é\é\x4é)"), prefix + "26-28: truncated \\xXX escape");
  EXPECT_EQ(TextError(R"(ab\u12)"), prefix + "2-5: truncated \\uXXXX escape");
  EXPECT_EQ(TextError(R"(\U1234567)"), prefix + "0-8: truncated \\UXXXXXXXX escape");
  EXPECT_EQ(TextError(R"(\U00110000)"), prefix + "0-9: illegal Unicode character");
  EXPECT_EQ(TextError(R"(\N)"), prefix + "0-1: malformed \\N character escape");
  EXPECT_EQ(TextError(R"(\N{})"), prefix + "0-2: malformed \\N character escape");
  EXPECT_EQ(TextError(R"(\N{foo)"), prefix + "0-5: malformed \\N character escape");
  EXPECT_EQ(TextError(R"(\N{foo})"), prefix + "0-6: unknown Unicode character name");
}

TEST(DecodeBytes, Escapes) {
  EXPECT_EQ(Bytes(R"(a\x00\xff\377\400\n\d\u1234)"), "a\0\xFF\xFF\0\n\\d\\u1234"s);
  EXPECT_EQ(Bytes(R"(\n)", true), R"(\n)");
  EXPECT_EQ(Bytes("a\r\nb"), "a\nb");
}

TEST(DecodeBytes, Messages) {
  std::string out;
  EXPECT_EQ(DecodeBytes(R"(ab\x4)", false, k311, out)->message,
            "(value error) invalid \\x escape at position 2");
  EXPECT_EQ(DecodeBytes("é", false, k311, out)->message,
            "bytes can only contain ASCII literal characters");
  EXPECT_EQ(DecodeBytes("é", true, Version{3, 9}, out)->message,
            "bytes can only contain ASCII literal characters.");
}

TEST(CheckNumber, RefusesWhatPythonCannotConvert) {
  const std::string long_number(4300, '1');
  EXPECT_FALSE(CheckNumber(long_number, k311));
  EXPECT_FALSE(CheckNumber("0x" + std::string(9000, 'f'), k311));
  EXPECT_FALSE(CheckNumber(std::string(9000, '0'), k311));
  EXPECT_FALSE(CheckNumber(long_number + "1.0", k311));
  std::optional<LiteralError> error = CheckNumber(long_number + "_1", k311);
  ASSERT_TRUE(error);
  EXPECT_TRUE(error->message.starts_with(
      "Exceeds the limit (4300 digits) for integer string conversion: value has 4301 digits;"));
}

}  // namespace
}  // namespace unspool::syntax
