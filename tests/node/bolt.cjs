// Slack's own Node client against the double: node bolt.cjs API_URL BOT_TOKEN APP_TOKEN
// Acknowledges everything and prints one line of JSON for each thing that it hears.
const { App, LogLevel, SocketModeReceiver } = require('@slack/bolt');

const [slackApiUrl, token, appToken] = process.argv.slice(2);
const clientOptions = { slackApiUrl };
const receiver = new SocketModeReceiver({
  appToken,
  clientPingTimeout: 500, // also the delay before it connects again; 5 s when not set
  installerOptions: { clientOptions },
  logLevel: LogLevel.ERROR,
});
const app = new App({ token, receiver, clientOptions, logLevel: LogLevel.ERROR });
const tell = (kind, what) => console.log(JSON.stringify([kind, what]));

app.command('/copydesk', async ({ ack, command, respond, say }) => {
  await ack({ response_type: 'ephemeral', text: 'Looking' });
  await respond({ text: 'One moment' });
  await say({
    text: 'Found',
    metadata: { event_type: 'found', event_payload: { key: 'k' } },
    blocks: [
      {
        type: 'actions',
        elements: [
          { type: 'button', action_id: 'more', value: 'p2', text: { type: 'plain_text', text: 'More' } },
        ],
      },
    ],
  });
  tell('command', command.text);
});
app.action('more', async ({ ack, action, body, client }) => {
  await ack();
  await client.views.open({
    trigger_id: body.trigger_id,
    view: {
      type: 'modal',
      callback_id: 'settings',
      title: { type: 'plain_text', text: 'Settings' },
      blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'When?' } }],
    },
  });
  tell('action', action.value);
});
app.view('settings', async ({ ack, view }) => {
  await ack({ response_action: 'errors', errors: { when: 'not a time' } });
  tell('view', view.callback_id);
});
app.event('app_mention', async ({ event, client }) => {
  const page = await client.conversations.history({ channel: event.channel, include_all_metadata: true });
  tell('mention', page.messages.map((message) => message.metadata?.event_payload?.key ?? null));
});
app.event('app_home_opened', async ({ event }) => tell('home', event.user));
app.message(async ({ message }) => tell('message', message.text));

app.start().then(() => tell('started', null));
