#include "source/folder_cache.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <unistd.h>

namespace unspool::source {
namespace {

namespace fs = std::filesystem;

TEST(Paths, Absolute) {
  EXPECT_EQ(AbsolutePath("/a/./b//c/../d"), "/a/b/d");
  EXPECT_EQ(AbsolutePath("/../.."), "/");
  EXPECT_EQ(AbsolutePath(""), fs::current_path().string());
  EXPECT_EQ(AbsolutePath("x"), fs::current_path().string() + "/x");
}

TEST(Paths, Parts) {
  EXPECT_EQ(FolderOfPath("/a/b"), "/a");
  EXPECT_EQ(FolderOfPath("/a"), "/");
  EXPECT_EQ(FolderOfPath("a"), "");
  EXPECT_EQ(NameOfPath("/a/b"), "b");
  EXPECT_TRUE(IsBelow("/a/b", "/a"));
  EXPECT_TRUE(IsBelow("/a", "/a"));
  EXPECT_FALSE(IsBelow("/ab", "/a"));
  EXPECT_TRUE(IsBelow("/ab", "/"));
}

TEST(FolderCache, ListsOnce) {
  const fs::path root = fs::temp_directory_path() / ("unspool-folders-" + std::to_string(getpid()));
  fs::create_directories(root / "sub");
  std::ofstream(root / "file.py") << "x = 1\n";
  fs::create_symlink("sub", root / "link");
  fs::create_symlink("loop", root / "loop");
  FolderCache cache;
  const Folder& folder = cache.At(root.string());
  EXPECT_TRUE(folder.HasFile("file.py"));
  EXPECT_TRUE(folder.HasFolder("sub"));
  EXPECT_TRUE(folder.HasFolder("link"));
  EXPECT_EQ(folder.Find("loop"), EntryKind::Other);
  EXPECT_EQ(folder.Find("file"), EntryKind::None);
  EXPECT_EQ(cache.At((root / "none").string()).state(), Folder::State::Missing);
  EXPECT_EQ(cache.At((root / "file.py").string()).state(), Folder::State::NotAFolder);
  std::ofstream(root / "late.py") << "";
  EXPECT_FALSE(cache.At(root.string()).HasFile("late.py"));
  fs::remove_all(root);
}

}  // namespace
}  // namespace unspool::source
