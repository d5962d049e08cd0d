#include "syntax/repr.h"

#include <gtest/gtest.h>

namespace unspool::syntax {
namespace {

using std::literals::string_literals::operator""s;

template <typename... Arguments>
std::string Of(void (*append)(std::string&, std::string_view, Arguments...), std::string_view value,
               Arguments... arguments) {
  std::string out;
  append(out, value, arguments...);
  return out;
}

TEST(Repr, Integers) {
  EXPECT_EQ(Of(AppendIntegerRepr, "0"), "0");
  EXPECT_EQ(Of(AppendIntegerRepr, "00_0"), "0");
  EXPECT_EQ(Of(AppendIntegerRepr, "1_000"), "1000");
  EXPECT_EQ(Of(AppendIntegerRepr, "0xFF"), "255");
  EXPECT_EQ(Of(AppendIntegerRepr, "0X_de_ad"), "57005");
  EXPECT_EQ(Of(AppendIntegerRepr, "0o777"), "511");
  EXPECT_EQ(Of(AppendIntegerRepr, "0b1010"), "10");
  EXPECT_EQ(Of(AppendIntegerRepr, "0x0"), "0");
}

TEST(Repr, LargeIntegers) {
  EXPECT_EQ(Of(AppendIntegerRepr, "0xFFFFFFFFFFFFFFFF"), "18446744073709551615");
  EXPECT_EQ(Of(AppendIntegerRepr, "0x10000000000000000"), "18446744073709551616");
  EXPECT_EQ(Of(AppendIntegerRepr, "0b1" + std::string(128, '0')),
            "340282366920938463463374607431768211456");
  EXPECT_EQ(Of(AppendIntegerRepr, "0o4" + std::string(40, '0')),
            "5316911983139663491615228241121378304");
  // A billion billions: zeros in the middle of the limbs.
  EXPECT_EQ(Of(AppendIntegerRepr, "0xC097CE7BC90715B34B9F1000000000"),
            "1000000000000000000000000000000000000");
  EXPECT_EQ(Of(AppendIntegerRepr, "0x" + std::string(3500, 'f')).size(), 4215U);
}

TEST(Repr, Floats) {
  EXPECT_EQ(Of(AppendFloatRepr, "1."), "1.0");
  EXPECT_EQ(Of(AppendFloatRepr, ".5"), "0.5");
  EXPECT_EQ(Of(AppendFloatRepr, "0.1"), "0.1");
  EXPECT_EQ(Of(AppendFloatRepr, "1_0.0_1"), "10.01");
  EXPECT_EQ(Of(AppendFloatRepr, "1e16"), "1e+16");
  EXPECT_EQ(Of(AppendFloatRepr, "123456789012345678.0"), "1.2345678901234568e+17");
  EXPECT_EQ(Of(AppendFloatRepr, "1234567890123456.0"), "1234567890123456.0");
  EXPECT_EQ(Of(AppendFloatRepr, "0.0001"), "0.0001");
  EXPECT_EQ(Of(AppendFloatRepr, "0.00001"), "1e-05");
  EXPECT_EQ(Of(AppendFloatRepr, "1.5E-100"), "1.5e-100");
  EXPECT_EQ(Of(AppendFloatRepr, "0e0"), "0.0");
  EXPECT_EQ(Of(AppendFloatRepr, "1e999"), "inf");
  EXPECT_EQ(Of(AppendFloatRepr, "1e-999"), "0.0");
  EXPECT_EQ(Of(AppendFloatRepr, "5e-324"), "5e-324");
}

TEST(Repr, Imaginary) {
  EXPECT_EQ(Of(AppendImaginaryRepr, "1j"), "1j");
  EXPECT_EQ(Of(AppendImaginaryRepr, "2.50J"), "2.5j");
  EXPECT_EQ(Of(AppendImaginaryRepr, "1e20j"), "1e+20j");
  EXPECT_EQ(Of(AppendImaginaryRepr, "0j"), "0j");
  EXPECT_EQ(Of(AppendImaginaryRepr, "1e999j"), "infj");
}

TEST(Repr, Strings) {
  constexpr Version k311{3, 11};
  EXPECT_EQ(Of(AppendStringRepr, "", k311), "''");
  EXPECT_EQ(Of(AppendStringRepr, "it's", k311), "\"it's\"");
  EXPECT_EQ(Of(AppendStringRepr, "it's \"x\"", k311), "'it\\'s \"x\"'");
  EXPECT_EQ(Of(AppendStringRepr, "\t\n\r\\\x01\x7f", k311), "'\\t\\n\\r\\\\\\x01\\x7f'");
  EXPECT_EQ(Of(AppendStringRepr, "é\xC2\xA0€", k311), "'é\\xa0€'");
  EXPECT_EQ(Of(AppendStringRepr, "\xED\xA0\x80", k311), "'\\ud800'");
  EXPECT_EQ(Of(AppendStringRepr, "\xF4\x8F\xBF\xBF", k311), "'\\U0010ffff'");
  EXPECT_EQ(Of(AppendStringRepr, "\xF0\x9F\xAB\xA8", k311), "'\\U0001fae8'");
  EXPECT_EQ(Of(AppendStringRepr, "\xF0\x9F\xAB\xA8", Version{3, 12}), "'\xF0\x9F\xAB\xA8'");
}

TEST(Repr, Bytes) {
  EXPECT_EQ(Of(AppendBytesRepr, "a'b"), "b\"a'b\"");
  EXPECT_EQ(Of(AppendBytesRepr, "\x00\t\xFF\\\x7f"s), "b'\\x00\\t\\xff\\\\\\x7f'");
}

}  // namespace
}  // namespace unspool::syntax
