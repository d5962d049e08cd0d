// Trees of several files as one. The first file's nodes keep their numbers and places; those of
// each further file follow, with their texts behind the first one. So whatever is written for the
// tree of one file also walks from file to file: names are interned together, a subtree is still a
// range of ids, and parents and subtrees are found as before. What asks for the tree's root or its
// text gets the first file's.
#pragma once

#include "syntax/tree.h"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace unspool::syntax {

struct LinkedPart {
  NodeId root;               // the file's Module node
  uint32_t first_node = 0;   // its nodes are those from here to the root
  uint32_t text_offset = 0;  // where its text begins in the text of all
};

// Immutable once made.
struct LinkedTree {
  std::string text;  // of all files, each ended by a line break
  std::unique_ptr<const Tree> tree;
  std::vector<LinkedPart> parts;  // as the trees were given

  // The part that a node belongs to.
  size_t PartOf(NodeId node) const;
};

// The trees must be of files whose texts together are shorter than 4 GiB.
std::unique_ptr<const LinkedTree> LinkTrees(std::span<const Tree* const> trees);

}  // namespace unspool::syntax
