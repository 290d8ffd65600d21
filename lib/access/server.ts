import "server-only";

export { type Acting, authorize, type Decision, nodeOf, type Securable, subjectOf } from "./authorize";
export { currentPolicy, knownPolicy, onPolicyChange, reloadPolicy } from "./current";
export { decide, effectiveMask, inheritsFrom, nodeAt, type Subject } from "./decide";
export {
  type Condition,
  type Evidence,
  type Explanation,
  explain,
  heldPrivileges,
  pathThrough,
} from "./explain";
export { nodeByName } from "./find-named";
export { createPersonalSchema, personalSchemaId } from "./personal";
export { defaultSchemaId, fullNameOf, mainCatalogId, type Policy, type PolicyNode, pathOf } from "./policy";
export { maskOf as grantMask, privilegesOf, reach as reachMask, reachesDown } from "./privileges";
export {
  type AttributePolicyRow,
  changeAttributePolicy,
  findAttributePolicies,
  findAttributePolicy,
  findPoliciesAbout,
  findPoliciesFor,
  insertAttributePolicy,
  removeAttributePolicy,
} from "./store/attribute-policies";
export { bumpPolicyEpoch, lockPolicy, type RightsChange, readPolicyEpoch } from "./store/epoch";
export {
  applyGrants,
  countGrantsOf,
  findGrants,
  type GrantChange,
  type GrantRow,
  removeGrantsOf,
} from "./store/grants";
export { findPrincipal, findPrincipals, type Principal, searchPrincipals } from "./store/principals";
export {
  countPendingOf,
  decideRequest,
  findAskedAbout,
  findRequest,
  findRequestsAbout,
  findRequestsOf,
  insertRequest,
  markSeen,
  type RequestRow,
} from "./store/requests";
export {
  changeSecurable,
  claimCalledNames,
  findChild,
  findDropped,
  findExpired,
  findSecurable,
  findSecurables,
  findWithin,
  insertSecurables,
  markDropped,
  markRestored,
  type NewSecurable,
  removeSecurables,
  type SecurableRow,
} from "./store/securables";
export { findCalledNames, findTags, saveTags, type TagRow } from "./store/tags";
export { findVisible, type VisibleQuery } from "./store/visible";
