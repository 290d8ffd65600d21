import { handleNextAuth } from "@/lib/auth/server";

export const GET = (request: Request) => handleNextAuth(request);
export const POST = (request: Request) => handleNextAuth(request);
