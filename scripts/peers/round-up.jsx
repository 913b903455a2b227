// The bench's issue for react-email: what the `roundup` layout shows, without its dark mode.
import { Body, Container, Head, Heading, Html, Link, Preview, Section, Text } from "react-email";
import issue from "../issue.json";

const font = "'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
const ink = { color: "#22303a", fontSize: "16px", lineHeight: "1.5" };
const heading = { color: "#0f3d46", fontWeight: 700, lineHeight: "1.3" };
const second = { ...heading, margin: "28px 0 14px", padding: "0 0 6px", fontSize: "20px" };
const card = { backgroundColor: "#ffffff", padding: "8px 32px 20px" };
const blue = { color: "#0a5f9e", textDecoration: "underline" };

const words = (runs) =>
  runs.map((run, index) =>
    run.href ? (
      <Link key={index} href={run.href} style={blue}>
        {run.text}
      </Link>
    ) : (
      run.text
    ),
  );

export default function RoundUp() {
  return (
    <Html lang="en-GB">
      <Head>
        <title>{issue.title}</title>
      </Head>
      <Preview>{issue.preheader}</Preview>
      <Body style={{ backgroundColor: "#eef2f3", fontFamily: font }}>
        <Container style={{ maxWidth: "600px" }}>
          <Section style={{ backgroundColor: "#0f3d46", padding: "28px 32px 26px" }}>
            <Heading as="h1" style={{ ...heading, color: "#ffffff", fontSize: "28px", margin: 0 }}>
              {issue.title}
            </Heading>
            <Text style={{ ...ink, color: "#bfe0dd", margin: "10px 0 0" }}>{issue.date}</Text>
          </Section>
          <Section style={card}>
            <Heading as="h2" style={{ ...second, fontSize: "16px" }}>
              In this issue
            </Heading>
            <ul style={{ listStyle: "none", padding: 0 }}>
              {issue.sections.map((section, index) => (
                <li key={index} style={{ ...ink, margin: "0 0 6px" }}>
                  <Link href={`#s${index}`} style={blue}>
                    {section.title}
                  </Link>
                </li>
              ))}
            </ul>
            {issue.sections.map((section, index) => (
              <div key={index}>
                <Heading as="h2" id={`s${index}`} style={second}>
                  {section.title}
                </Heading>
                {section.entries.map((entry, place) => (
                  <Text key={place} style={{ ...ink, margin: "0 0 18px" }}>
                    {words(entry)}
                  </Text>
                ))}
              </div>
            ))}
          </Section>
          <Section style={{ backgroundColor: "#eaf4f3", padding: "24px 32px" }}>
            {issue.support.map((runs, index) => (
              <Text key={index} style={{ ...ink, margin: "0 0 8px" }}>
                {words(runs)}
              </Text>
            ))}
          </Section>
          <Section style={{ padding: "24px 32px 40px" }}>
            {issue.foot.map((runs, index) => (
              <Text key={index} style={{ color: "#54646f", fontSize: "14px", margin: "0 0 10px" }}>
                {words(runs)}
              </Text>
            ))}
          </Section>
        </Container>
      </Body>
    </Html>
  );
}
