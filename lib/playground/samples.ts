/** A task to try with one click; the better of the built-in models does it well. */
export interface SampleTask {
  id: string;
  name: string;
  /** What the model is asked to do, in a few words. */
  gist: string;
  system: string;
  prompt: string;
}

export const sampleTasks: readonly SampleTask[] = [
  {
    id: "sentiment",
    name: "Sentiment",
    gist: "Is this message positive, negative or neutral?",
    system: "You classify customer messages. Answer with one word: positive, negative or neutral.",
    prompt:
      "The replacement arrived a day early and the new sensor paired at once. Thank you, this is the best support I have had.",
  },
  {
    id: "passage",
    name: "Question on a passage",
    gist: "How long is the warranty, by this text alone?",
    system: "Answer from the passage only. If it does not say, answer: The passage does not say.",
    prompt:
      "Passage: The Aster door sensor ships with two CR2032 batteries. The warranty lasts 24 months from the date of purchase. Returns are free within 30 days.\n\nQuestion: How long is the warranty?",
  },
  {
    id: "extract",
    name: "Text to JSON",
    gist: "Order, product and problem as fields.",
    system:
      'You turn support e-mails into JSON. Answer with one JSON object and nothing else. Keys: "order" (string), "product" (string), "problem" (string, at most eight words), "since" (ISO date or null), "wants" ("refund", "replacement" or "help").',
    prompt:
      "Hello, my Birch thermostat from order 48-2207 has shown error E4 since 3 March 2026 and no longer heats the hall. I have restarted it twice. I would rather have a new one than my money back. Regards, Ines Halvorsen",
  },
  {
    id: "summary",
    name: "Summary",
    gist: "A ticket in two sentences.",
    system:
      "You brief support agents. Summarise the ticket in two plain sentences: first what happened and what was already tried, then what the customer expects next. Add nothing that is not in the ticket.",
    prompt:
      'Ticket 7731\n09:02 Customer: Since Tuesday\'s update the Aster sensor on our back door reports "open" every night at about 02:00. It wakes the whole house.\n09:15 Agent: Please replace the battery and pair the sensor again.\n13:40 Customer: New battery, paired again. It rang again last night, and I bought a second battery to be sure. Same result.\n14:05 Agent: Thank you. Could you send the device log?\n16:30 Customer: Log attached. Please do not ask me for a third battery. I want to know whether the update did this and when it will be fixed.',
  },
];
