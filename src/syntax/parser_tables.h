// Precedence and meaning of the operator tokens.
#pragma once

#include "syntax/token.h"
#include "syntax/tree.h"

#include <array>

namespace unspool::syntax {

inline constexpr int kPrecedenceOr = 1;
inline constexpr int kPrecedenceAnd = 2;
inline constexpr int kPrecedenceNot = 3;
inline constexpr int kPrecedenceCompare = 4;
inline constexpr int kPrecedenceBitOr = 5;
inline constexpr int kPrecedenceSum = 9;

struct OperatorEntry {
  uint8_t precedence = 0;  // 0: not a binary operator
  Operator op = Operator::Add;
};

inline constexpr std::array<OperatorEntry, 256> kBinaryOperators = [] {
  std::array<OperatorEntry, 256> table{};
  auto set = [&](TokenKind kind, int precedence, Operator op) {
    table[static_cast<size_t>(kind)] = {static_cast<uint8_t>(precedence), op};
  };
  set(TokenKind::Or, kPrecedenceOr, Operator::Or);
  set(TokenKind::And, kPrecedenceAnd, Operator::And);
  set(TokenKind::EqEqual, kPrecedenceCompare, Operator::Eq);
  set(TokenKind::NotEqual, kPrecedenceCompare, Operator::NotEq);
  set(TokenKind::Less, kPrecedenceCompare, Operator::Lt);
  set(TokenKind::LessEqual, kPrecedenceCompare, Operator::LtE);
  set(TokenKind::Greater, kPrecedenceCompare, Operator::Gt);
  set(TokenKind::GreaterEqual, kPrecedenceCompare, Operator::GtE);
  set(TokenKind::Is, kPrecedenceCompare, Operator::Is);
  set(TokenKind::In, kPrecedenceCompare, Operator::In);
  set(TokenKind::Not, kPrecedenceCompare, Operator::NotIn);
  set(TokenKind::VBar, kPrecedenceBitOr, Operator::BitOr);
  set(TokenKind::Caret, 6, Operator::BitXor);
  set(TokenKind::Amper, 7, Operator::BitAnd);
  set(TokenKind::LeftShift, 8, Operator::LShift);
  set(TokenKind::RightShift, 8, Operator::RShift);
  set(TokenKind::Plus, kPrecedenceSum, Operator::Add);
  set(TokenKind::Minus, kPrecedenceSum, Operator::Sub);
  set(TokenKind::Star, 10, Operator::Mult);
  set(TokenKind::Slash, 10, Operator::Div);
  set(TokenKind::DoubleSlash, 10, Operator::FloorDiv);
  set(TokenKind::Percent, 10, Operator::Mod);
  set(TokenKind::At, 10, Operator::MatMult);
  return table;
}();

// The operator of an augmented assignment.
inline constexpr std::array<Operator, 256> kAugmentedOperators = [] {
  std::array<Operator, 256> table{};
  auto set = [&](TokenKind kind, Operator op) { table[static_cast<size_t>(kind)] = op; };
  set(TokenKind::PlusEqual, Operator::Add);
  set(TokenKind::MinusEqual, Operator::Sub);
  set(TokenKind::StarEqual, Operator::Mult);
  set(TokenKind::SlashEqual, Operator::Div);
  set(TokenKind::DoubleSlashEqual, Operator::FloorDiv);
  set(TokenKind::PercentEqual, Operator::Mod);
  set(TokenKind::AtEqual, Operator::MatMult);
  set(TokenKind::AmperEqual, Operator::BitAnd);
  set(TokenKind::VBarEqual, Operator::BitOr);
  set(TokenKind::CaretEqual, Operator::BitXor);
  set(TokenKind::LeftShiftEqual, Operator::LShift);
  set(TokenKind::RightShiftEqual, Operator::RShift);
  set(TokenKind::DoubleStarEqual, Operator::Pow);
  return table;
}();

}  // namespace unspool::syntax
