import { liveOrdinarily } from "./ordinary-life.ts";
import type { Scenario } from "./scenario.ts";

export const slowDependency: Scenario = {
  name: "slow-dependency",
  description:
    "The mail relay answers in forty seconds instead of two since twelve minutes ago; every slot is taken.",
  queues: ["emails"],
  begin: (stage) => {
    liveOrdinarily(stage, { mailsPerMin: 310, mailSlots: 32 });
    const { random } = stage;
    const done = { result: { accepted: true } };
    stage.behave("mail.send", () => ({ ms: random.duration(2100), ...done }));
    stage.minutesAgo(12, () =>
      stage.behave("mail.send", () =>
        stage.fixed
          ? { ms: random.duration(2100), ...done }
          : {
              ms: random.duration(41_000, 0.2),
              logs: [{ part: 0.02, text: "waiting for 250 of relay-2" }],
              ...done,
            },
      ),
    );
  },
};
