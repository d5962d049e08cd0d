#include "dependence/loop_effects.h"

#include "dependence/verdict_notes.h"

#include <fmt/format.h>
#include <map>
#include <vector>

namespace unspool::dependence {

using effects::Channel;
using effects::EffectKey;
using effects::EffectSite;
using effects::LoopFacts;
using effects::Place;
using effects::PlaceKind;

namespace {

class EffectJudge {
 public:
  EffectJudge(const effects::Facts& facts, const base::IdVector<NodeId, NodeId>& starts)
      : facts_(facts), starts_(starts) {}

  void JudgeEffects(LoopVerdict& verdict, NodeId loop, const LoopFacts& facts) {
    std::map<Place, std::vector<Access>> by_place;
    for (const auto& [key, site] : facts.effects) by_place[key.place].push_back({&key, &site});
    for (const auto& [place, accesses] : by_place) {
      switch (place.kind) {
        case PlaceKind::Anything:
          for (const Access& access : accesses) {
            const effects::Cause& cause = facts_.cause(access.site->cause);
            AddUnknown(verdict, effects::CauseCodeName(cause.code), cause.message, access.site->at,
                       access.site->via);
          }
          break;
        case PlaceKind::StopIteration:
          AddHazard(verdict, "stop-iteration", "the body may raise StopIteration",
                    accesses[0].site->via);
          break;
        case PlaceKind::Identity:
          AddHazard(verdict, "identity",
                    fmt::format("the body asks which object {} is, and in another process it is "
                                "a copy",
                                ObjectText(place.object)),
                    accesses[0].site->via);
          break;
        case PlaceKind::World:
          JudgeChannel(verdict, place.channel, accesses);
          break;
        default:
          JudgePlace(verdict, loop, facts, place, accesses);
          break;
      }
    }
  }

 private:
  bool Inside(NodeId node, NodeId root) const { return starts_[root] <= node && node <= root; }

  struct Access {
    const EffectKey* key;
    const EffectSite* site;
  };

  std::string PlaceText(const Place& place) const {
    switch (place.kind) {
      case PlaceKind::Content:
        return fmt::format("the contents of {}", ObjectText(place.object));
      case PlaceKind::Attribute:
        return fmt::format("attribute `{}` of {}", facts_.Text(place.name),
                           ObjectText(place.object));
      case PlaceKind::Global:
        return fmt::format("the module variable `{}`", facts_.Text(place.name));
      case PlaceKind::Cell:
        return fmt::format("the variable `{}` of the function around", facts_.Text(place.name));
      case PlaceKind::World:
        return std::string(effects::ChannelName(place.channel));
      default:
        return "something";
    }
  }

  std::string ObjectText(ObjectId id) const {
    const effects::Object& object = facts_.heap()[id];
    std::string text;
    if (object.kind == effects::ObjectKind::Instance) {
      text = fmt::format("a `{}`", facts_.Text(object.name));
    } else if (object.kind == effects::ObjectKind::Class) {
      text = fmt::format("class `{}`", facts_.Text(object.name));
    } else if (object.kind == effects::ObjectKind::Library) {
      text = fmt::format("a `{}`", facts_.Text(object.name));
    } else {
      text = fmt::format("a {}", effects::ObjectKindName(object.kind));
    }
    return text;
  }

  static const Access* FirstWrite(const std::vector<Access>& accesses) {
    for (const Access& access : accesses) {
      if (access.key->how != WriteHow::NotAWrite) return &access;
    }
    return nullptr;
  }
  static const Access* FirstRead(const std::vector<Access>& accesses) {
    for (const Access& access : accesses) {
      if (access.key->how == WriteHow::NotAWrite) return &access;
    }
    return nullptr;
  }

  void AddConflict(LoopVerdict& verdict, std::string_view code, std::string message,
                   const Access& from, const Access& to, std::string unlock) {
    Obstacle obstacle;
    obstacle.code = code;
    obstacle.message = std::move(message);
    obstacle.from = from.site->at;
    obstacle.from_via = from.site->via;
    obstacle.to = to.site->at;
    obstacle.to_via = to.site->via;
    obstacle.unlock = std::move(unlock);
    Add(verdict, std::move(obstacle));
  }

  void JudgeChannel(LoopVerdict& verdict, Channel channel, const std::vector<Access>& accesses) {
    const Access* write = FirstWrite(accesses);
    const Access* read = FirstRead(accesses);
    std::string name(effects::ChannelName(channel));
    switch (channel) {
      case Channel::HashOrder:
        AddHazard(verdict, "hash-order",
                  "the body iterates over a set, whose order differs between processes",
                  accesses[0].site->via);
        return;
      case Channel::Stdout:
      case Channel::Stderr:
        if (write) {
          AddHazard(verdict, "output",
                    fmt::format("the body writes to {}, in the order of the iterations", name),
                    write->site->via);
        }
        return;
      case Channel::Process:
        if (!write) {
          AddHazard(verdict, "process-identity",
                    "the body asks about its process, and in a worker that is another one",
                    accesses[0].site->via);
          return;
        }
        break;
      case Channel::ModuleName:
        AddHazard(verdict, "module-name",
                  "the body looks at the name its module runs under, which differs in a worker",
                  accesses[0].site->via);
        return;
      case Channel::Warnings:
        AddHazard(verdict, "warnings", "the body may issue warnings, which are counted per process",
                  accesses[0].site->via);
        return;
      case Channel::Clock:
        AddUnknown(verdict, "clock",
                   "the body reads the clock: what it gets depends on when it runs",
                   accesses[0].site->at, accesses[0].site->via);
        return;
      case Channel::Stdin:
        AddConflict(verdict, "world-dependence", "each iteration reads on from standard input",
                    accesses[0], accesses[0], "read all input before the loop");
        return;
      case Channel::GlobalRandom:
        if (write) {
          AddConflict(verdict, "random-stream",
                      "all iterations draw from one random stream, in order", *write, *write,
                      "draw the numbers before the loop, or give each item a generator of its own");
        }
        return;
      default:
        break;
    }
    if (!write) return;
    AddConflict(verdict, "world-dependence",
                read ? fmt::format("one iteration may read from {} what another wrote", name)
                     : fmt::format("the iterations write to {} in order", name),
                *write, read ? *read : *write,
                "return what is to be written, and write it after the loop");
  }

  // Updates whose replay in order gives the same container.
  static bool CanReplay(WriteHow how, effects::ObjectKind kind) {
    switch (how) {
      case WriteHow::Append:
      case WriteHow::Extend:
        return kind == effects::ObjectKind::List;
      case WriteHow::SetKey:
        return kind == effects::ObjectKind::List || kind == effects::ObjectKind::Dict;
      case WriteHow::AddToSet:
        return kind == effects::ObjectKind::Set;
      default:
        return false;
    }
  }

  void JudgePlace(LoopVerdict& verdict, NodeId loop, const LoopFacts& facts, const Place& place,
                  const std::vector<Access>& accesses) {
    const Access* write = FirstWrite(accesses);
    if (!write) return;
    // A variable that the loop itself binds is judged by its flow; here count only the accesses of
    // functions that are called.
    NodeId facts_node = facts.loop;
    bool keyed = place.kind == PlaceKind::Content;
    for (const Access& access : accesses) keyed &= access.key->key_loop == facts_node;
    const Access* read = FirstRead(accesses);
    bool replayable = place.kind == PlaceKind::Content;
    for (const Access& access : accesses) {
      WriteHow how = access.key->how;
      if (how == WriteHow::NotAWrite) {
        replayable &= keyed;
        continue;
      }
      bool accumulates = place.object && CanReplay(how, facts_.heap()[place.object].kind);
      // In the loop's own code, where the rewrite can take it out.
      bool direct = access.site->at == access.site->via && Inside(access.site->at, loop);
      replayable &= accumulates && direct;
    }
    if (replayable && (!read || keyed)) {
      for (const Access& access : accesses) {
        if (access.key->how == WriteHow::NotAWrite) continue;
        Accumulation accumulation{access.site->at, access.key->how, place.object};
        bool known = false;
        for (const Accumulation& other : verdict.accumulations) {
          known |= other.site == accumulation.site && other.how == accumulation.how &&
                   other.container == accumulation.container;
        }
        if (!known) verdict.accumulations.push_back(accumulation);
      }
      if (keyed && read) {
        AddHazard(verdict, "in-place", "the loop reads the elements that it replaces",
                  read->site->via);
      }
      return;
    }
    std::string what = PlaceText(place);
    const Access* draw = nullptr;
    for (const Access& access : accesses) {
      if (access.key->how == WriteHow::Draw) draw = &access;
    }
    if (draw) {
      bool stream = facts_.heap()[place.object].kind == effects::ObjectKind::Library;
      AddConflict(
          verdict, stream ? "random-stream" : "shared-iterator",
          fmt::format("all iterations draw from one {}, in order", stream ? "stream" : "iterator"),
          *draw, *draw,
          stream ? "give each item a generator of its own"
                 : "collect the elements before the loop");
    } else if (read) {
      AddConflict(verdict, "flow-dependence",
                  fmt::format("one iteration may read from {} what another wrote", what), *write,
                  *read, "give each iteration what it needs as a value of its own");
    } else {
      AddConflict(verdict, "output-dependence",
                  fmt::format("several iterations may write to {}", what), *write, *write,
                  "return the value, and store it after the loop");
    }
  }

  const effects::Facts& facts_;
  const base::IdVector<NodeId, NodeId>& starts_;
};

}  // namespace

void JudgeEffects(LoopVerdict& verdict, const effects::Facts& facts,
                  const base::IdVector<NodeId, NodeId>& starts, const LoopFacts& loop) {
  EffectJudge(facts, starts).JudgeEffects(verdict, verdict.loop, loop);
}

}  // namespace unspool::dependence
