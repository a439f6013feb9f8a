import { problem, schemas } from "@spillway/contract/schemas";
import { summaries } from "@spillway/contract/summaries";
import { actions, type Endpoint, type EndpointName, endpoints } from "@spillway/contract/table";
import { z } from "zod";
import type { Handlers } from "../http/handlers.ts";
import type { Room } from "./room.ts";

type Json = Record<string, unknown>;

export function openapiRoutes({ config }: Room): Pick<Handlers, "getOpenapi"> {
  let made: Json | null = null;
  return {
    getOpenapi() {
      made ??= openapi(config.version, config.basePath);
      return made;
    },
  };
}

/** The table as OpenAPI 3.1. */
export function openapi(version: string, basePath: string): Json {
  const paths: Record<string, Json> = {};
  for (const name of Object.keys(endpoints) as EndpointName[]) {
    const endpoint: Endpoint = endpoints[name];
    paths[endpoint.path] = {
      ...paths[endpoint.path],
      [endpoint.method.toLowerCase()]: operation(name, endpoint),
    };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Spillway", version, license: { name: "MIT", identifier: "MIT" } },
    servers: [{ url: basePath.replace(/\/$/, "") || "/" }],
    paths,
    components: { schemas: { Problem: toJson(problem, "output") } },
  };
}

function operation(name: EndpointName, endpoint: Endpoint): Json {
  const schema: { query: z.ZodObject; body?: z.ZodType; reply: z.ZodType } = schemas[name];
  const isPost = endpoint.method === "POST";
  const action = endpoint.action ?? endpoint.permit;
  return {
    operationId: name,
    summary: summaries[name],
    "x-role": action === undefined ? endpoint.role : actions[action].role,
    ...(action !== undefined && { "x-action": action, "x-destructive": actions[action].destructive }),
    parameters: [
      ...pathParameters(endpoint.path),
      ...queryParameters(schema.query),
      ...(isPost ? HEADERS : []),
    ],
    ...(schema.body && {
      requestBody: {
        required: true,
        content: { "application/json": { schema: toJson(schema.body, "input") } },
      },
    }),
    responses: {
      [endpoint.background ? 202 : 200]: {
        description: endpoint.background ? "Taken on; it goes on in the background" : "OK",
        content: { [mediaType(endpoint)]: { schema: toJson(schema.reply, "output") } },
      },
      default: {
        description: "A problem",
        content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
      },
    },
  };
}

const HEADERS: Json[] = [
  { name: "X-Spillway-Request", in: "header", required: true, schema: { const: "1" } },
  { name: "Idempotency-Key", in: "header", required: false, schema: { type: "string", maxLength: 200 } },
];

function mediaType({ reply }: Endpoint): string {
  if (reply === "stream") return "text/event-stream";
  if (reply === "text") return "text/plain";
  return reply === "download" ? "*/*" : "application/json";
}

function pathParameters(path: string): Json[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
}

function queryParameters(query: z.ZodObject): Json[] {
  return Object.entries(query.shape).map(([name, field]) => ({
    name,
    in: "query",
    required: !z.safeParse(field, undefined).success,
    schema: toJson(field, "input"),
  }));
}

function toJson(schema: z.core.$ZodType, io: "input" | "output"): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return json;
}
