#include "verify/workspace.h"

#include "verify/temporary_folder.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <optional>
#include <sys/stat.h>

namespace unspool::verify {
namespace {

namespace fs = std::filesystem;

class WorkspaceTest : public testing::Test {
 protected:
  void SetUp() override {
    auto folder = TemporaryFolder::Create({});
    ASSERT_TRUE(folder.has_value());
    folder_.emplace(std::move(*folder));
    subject_.root = folder_->path() / "project";
    fs::create_directories(subject_.root / "sub");
    fs::create_directories(keep());
    Write(subject_.root / "a.py", "old");
    Write(subject_.root / "sub" / "data", "1");
    FileVersion file;
    file.path = "a.py";
    file.original = "first";
    file.rewritten = "second";
    FileVersion created;
    created.path = "new/b.py";
    created.rewritten = "b";
    created.created = true;
    subject_.files = {file, created};
  }

  static void Write(const fs::path& path, std::string_view text) {
    ASSERT_TRUE(WriteBytes(path, text).has_value());
  }
  static std::string Read(const fs::path& path) { return ReadAll(path, 1000).value_or("?"); }
  fs::path place() const { return folder_->path() / "copy" / "project"; }
  fs::path keep() const { return folder_->path() / "keep"; }
  std::string ChangesOf(Workspace& workspace) const {
    auto changes = workspace.Collect(keep());
    if (!changes) return changes.error().message;
    std::string text;
    for (const auto& [path, state] : *changes) {
      text += fmt::format("{} {};", path, EntryKindName(state.kind));
    }
    return text;
  }

  std::optional<TemporaryFolder> folder_;
  Subject subject_;
  RunOptions options_;
};

TEST_F(WorkspaceTest, EachSideHasItsVersion) {
  Workspace workspace(subject_, options_, place());
  ASSERT_TRUE(workspace.Prepare(Side::Rewritten).has_value());
  EXPECT_EQ(Read(place() / "a.py"), "second");
  EXPECT_EQ(Read(place() / "new/b.py"), "b");
  EXPECT_EQ(Read(place() / "sub/data"), "1");
  ASSERT_TRUE(workspace.Prepare(Side::Original).has_value());
  EXPECT_EQ(Read(place() / "a.py"), "first");
  EXPECT_FALSE(fs::exists(place() / "new"));
  EXPECT_EQ(Read(subject_.root / "a.py"), "old");
  EXPECT_EQ(ChangesOf(workspace), "");
}

TEST_F(WorkspaceTest, TellsWhatChanged) {
  Workspace workspace(subject_, options_, place());
  ASSERT_TRUE(workspace.Prepare(Side::Original).has_value());
  Write(place() / "sub" / "data", "2");
  fs::remove(place() / "a.py");
  fs::create_directory(place() / "made");
  fs::create_symlink("nowhere", place() / "made" / "link");
  fs::create_directory(place() / "__pycache__");
  Write(place() / "__pycache__" / "x.pyc", "");
  fs::create_directory(place() / ".unspool");
  EXPECT_EQ(ChangesOf(workspace), "a.py missing;made folder;made/link link;sub/data file;");
}

TEST_F(WorkspaceTest, ChangeOfModeAndReplacementAreChanges) {
  Workspace workspace(subject_, options_, place());
  ASSERT_TRUE(workspace.Prepare(Side::Original).has_value());
  chmod((place() / "a.py").c_str(), 0600);
  chmod((place() / "sub").c_str(), 0700);
  EXPECT_EQ(ChangesOf(workspace), "a.py file;sub folder;");
}

TEST_F(WorkspaceTest, BoundsAreErrorsInWords) {
  options_.copy_file_limit = 2;
  Workspace workspace(subject_, options_, place());
  auto prepared = workspace.Prepare(Side::Original);
  ASSERT_FALSE(prepared.has_value());
  EXPECT_NE(prepared.error().message.find("more than 2 files"), std::string::npos);
}

TEST_F(WorkspaceTest, LargeFoldersOfOthersAreLinked) {
  fs::create_directories(subject_.root / ".git");
  fs::create_directories(subject_.root / "env");
  Write(subject_.root / "env" / "pyvenv.cfg", "");
  Workspace workspace(subject_, options_, place());
  ASSERT_TRUE(workspace.Prepare(Side::Original).has_value());
  EXPECT_TRUE(fs::is_symlink(place() / ".git"));
  EXPECT_TRUE(fs::is_symlink(place() / "env"));
  EXPECT_FALSE(fs::is_symlink(place() / "sub"));
}

TEST_F(WorkspaceTest, ModesAndTimesAreKept) {
  chmod((subject_.root / "sub" / "data").c_str(), 0751);
  const auto time = fs::last_write_time(subject_.root / "sub" / "data");
  Workspace workspace(subject_, options_, place());
  ASSERT_TRUE(workspace.Prepare(Side::Original).has_value());
  struct stat status;
  ASSERT_EQ(stat((place() / "sub" / "data").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0751u);
  EXPECT_EQ(fs::last_write_time(place() / "sub" / "data"), time);
}

}  // namespace
}  // namespace unspool::verify
