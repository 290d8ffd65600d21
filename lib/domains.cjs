/**
 * The architecture as a table: a domain may import those listed for it, through their doors only
 * (index, client, server). dependency-cruiser generates its rules from this object.
 */
module.exports = {
  core: [],
  inference: ["core"],
  db: ["core"],
  audit: ["core", "db"],
  access: ["core", "db", "audit"],
  "route-manifest": ["access"],
  auth: ["core", "db", "audit", "access"],
  "audit-log": ["core", "db", "audit", "access", "auth"],
  catalog: ["core", "db", "audit", "access", "auth"],
  models: ["core", "db", "audit", "access", "auth", "inference"],
  gateway: ["core", "db", "audit", "access", "auth", "inference"],
  prompts: ["core", "db", "audit", "access", "auth", "catalog", "inference", "gateway"],
  registry: ["core", "db", "audit", "access", "auth", "catalog", "inference", "models", "gateway"],
  "unity-catalog": ["core", "db", "audit", "access", "auth", "catalog", "registry"],
  playground: ["core", "db", "audit", "access", "auth", "inference", "gateway", "prompts"],
};
