import "server-only";

export {
  createSession,
  deleteSession,
  findSessions,
  getSession,
  restoreSession,
  saveSession,
} from "./service";
export { saveAnswer } from "./wire";
