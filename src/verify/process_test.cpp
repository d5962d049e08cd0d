#include "verify/process.h"

#include "verify/temporary_folder.h"

#include <gtest/gtest.h>
#include <optional>
#include <thread>

namespace unspool::verify {
namespace {

class Process : public testing::Test {
 protected:
  void SetUp() override {
    auto folder = TemporaryFolder::Create({});
    ASSERT_TRUE(folder.has_value()) << folder.error().message;
    folder_.emplace(std::move(*folder));
  }

  ProcessSpec Shell(const std::string& script) const {
    ProcessSpec spec;
    spec.arguments = {"/bin/sh", "-c", script};
    spec.environment = {"PATH=/usr/bin:/bin", "WORD=x y"};
    spec.working_folder = folder_->path().string();
    spec.stdout_path = (folder_->path() / "out").string();
    spec.stderr_path = (folder_->path() / "err").string();
    return spec;
  }
  std::string Text(const char* name) const {
    return ReadAll(folder_->path() / name, 1 << 20).value_or("?");
  }

  std::optional<TemporaryFolder> folder_;
};

TEST_F(Process, OutputAndExitCode) {
  auto outcome = RunProcess(Shell("pwd; echo \"$WORD\" >&2; exit 3"));
  ASSERT_TRUE(outcome.has_value());
  EXPECT_EQ(outcome->ending, Ending::Exited);
  EXPECT_EQ(outcome->exit_code, 3);
  EXPECT_EQ(Text("out"), folder_->path().string() + "\n");
  EXPECT_EQ(Text("err"), "x y\n");
  EXPECT_EQ(outcome->survivors, 0);
  EXPECT_GT(outcome->wall_seconds, 0);
}

TEST_F(Process, Signal) {
  auto outcome = RunProcess(Shell("kill -ABRT $$"));
  ASSERT_TRUE(outcome.has_value());
  EXPECT_EQ(outcome->ending, Ending::Signalled);
  EXPECT_EQ(outcome->signal, SIGABRT);
}

TEST_F(Process, TimeOutEndsTheWholeTree) {
  ProcessSpec spec = Shell("setsid sleep 600 & sleep 600");
  spec.timeout = std::chrono::milliseconds(200);
  const auto begin = std::chrono::steady_clock::now();
  auto outcome = RunProcess(spec);
  ASSERT_TRUE(outcome.has_value());
  EXPECT_EQ(outcome->ending, Ending::TimedOut);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
}

TEST_F(Process, SurvivorIsNamedAndEnded) {
  ProcessSpec spec = Shell("setsid sleep 543 &");
  spec.grace = std::chrono::milliseconds(100);
  auto outcome = RunProcess(spec);
  ASSERT_TRUE(outcome.has_value());
  EXPECT_EQ(outcome->ending, Ending::Exited);
  EXPECT_EQ(outcome->survivors, 1);
  EXPECT_NE(outcome->survivor_command.find("sleep 543"), std::string::npos)
      << outcome->survivor_command;
}

TEST_F(Process, OutputLimit) {
  ProcessSpec spec = Shell("while :; do echo 0123456789012345678901234567890123456789; done");
  spec.output_limit = 100'000;
  auto outcome = RunProcess(spec);
  ASSERT_TRUE(outcome.has_value());
  EXPECT_EQ(outcome->ending, Ending::OutputLimit);
}

TEST_F(Process, WhatCannotStartIsAnError) {
  ProcessSpec spec = Shell("");
  spec.arguments = {"/no/such/program"};
  EXPECT_EQ(RunProcess(spec).error().message,
            "cannot start /no/such/program: No such file or directory");
  spec = Shell("");
  spec.working_folder = "/no/such/folder";
  EXPECT_EQ(RunProcess(spec).error().message,
            "cannot enter the folder /no/such/folder: No such file or directory");
}

TEST_F(Process, Cancelled) {
  std::atomic<bool> cancelled = false;
  std::thread later([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    cancelled = true;
  });
  auto outcome = RunProcess(Shell("sleep 600"), &cancelled);
  later.join();
  ASSERT_FALSE(outcome.has_value());
  EXPECT_EQ(outcome.error().message, kInterrupted);
}

TEST_F(Process, ManyAtOnce) {
  std::vector<std::thread> threads;
  std::atomic<int> right = 0;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      ProcessSpec spec = Shell("exit " + std::to_string(i));
      spec.stdout_path += std::to_string(i);
      spec.stderr_path += std::to_string(i);
      for (int round = 0; round < 10; ++round) {
        auto outcome = RunProcess(spec);
        if (outcome && outcome->exit_code == i) ++right;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(right, 80);
}

TEST_F(Process, ClosedOutput) {
  ProcessSpec spec = Shell("test -e /proc/self/fd/1 && exit 1; exit 0");
  spec.stdout_path.clear();
  auto outcome = RunProcess(spec);
  ASSERT_TRUE(outcome.has_value());
  EXPECT_EQ(outcome->exit_code, 0);
}

}  // namespace
}  // namespace unspool::verify
