import { withActor } from "@/lib/auth/server";
import { answerFetch } from "@/lib/prompts/server";

// In front of the framework, handlePrompt answers the same.
export const GET = withActor<{ name: string }>(async (request, ctx, { name }) => {
  const query = new URL(request.url).searchParams;
  const ifNoneMatch = request.headers.get("if-none-match");
  const { status, headers, body } = await answerFetch(ctx, name, { query, ifNoneMatch });
  return new Response(body, { status, headers });
});
