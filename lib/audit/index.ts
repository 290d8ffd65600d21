export {
  type AuditLevel,
  auditLevel,
  type ChainFault,
  type ChainReport,
  chainReport,
  leastDaysKept,
} from "./schema";
