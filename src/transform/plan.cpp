#include "transform/plan.h"

namespace unspool::transform {

std::string_view EvidenceName(Evidence evidence) {
  constexpr std::string_view kNames[] = {"proved",   "known", "stated", "guarded",
                                         "observed", "open",  "refuted"};
  return kNames[static_cast<size_t>(evidence)];
}

source::Applicability Plan::applicability() const {
  source::Applicability result = source::Applicability::Safe;
  for (const Obligation& obligation : obligations) {
    if (obligation.evidence == Evidence::Refuted) return source::Applicability::DisplayOnly;
    if (obligation.evidence == Evidence::Observed || obligation.evidence == Evidence::Open) {
      result = source::Applicability::Unsafe;
    }
  }
  return result;
}

}  // namespace unspool::transform
