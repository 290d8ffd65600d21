/**
 * The architecture as a table: a domain may import those listed for it, through their doors only
 * (index, client, server). dependency-cruiser generates its rules from this object.
 */
module.exports = {
  core: [],
  inference: ["core"],
  db: ["core"],
  audit: ["core", "db"],
  auth: ["core", "db", "audit"],
  models: ["core", "db", "audit", "auth", "inference"],
  gateway: ["core", "db", "audit", "auth", "inference"],
  registry: ["core", "db", "audit", "auth", "inference", "models", "gateway"],
  playground: ["core", "db", "audit", "auth", "inference", "gateway"],
};
