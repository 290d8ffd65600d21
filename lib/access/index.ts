export {
  longestCondition,
  parseTagCondition,
  type TagCondition,
  type Tags,
  tagsMatch,
} from "./attributes/condition";
export { type PolicyArgument, type PolicyDefinition, policyDefinition } from "./attributes/definition";
export {
  type Applied,
  type AppliedArgument,
  type AttributedTable,
  type AttributeRule,
  inheritTags,
  type Reading,
  resolveReading,
} from "./attributes/resolve";
export {
  isSchemaKind,
  type Kind,
  kindNoun,
  type SchemaKind,
  type StoredKind,
  schemaKinds,
  storedKinds,
} from "./kinds";
export { calledName, nameKey, partsOf, securableName } from "./names";
export { administrators, allUsers, defaultSchemaId, mainCatalogId, metastoreId } from "./policy";
export {
  creationPrivilege,
  grantablePrivileges,
  isPrivilege,
  type Privilege,
  type PrivilegeHelp,
  privilegeHelp,
  privileges,
} from "./privileges";
export { type Question, questionsOf } from "./rules";
