export * from "./alias";
export * from "./content";
export * from "./move-schema";
export * from "./schema";
