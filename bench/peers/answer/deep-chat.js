import 'deep-chat';

let signals;

window.candidate = {
  async mount() {
    const chat = document.createElement('deep-chat');
    chat.style.width = '46rem';
    chat.style.height = '100vh';
    const asked = new Promise((resolve) => {
      chat.connect = {
        stream: true,
        handler: (_body, given) => {
          signals = given;
          signals.onOpen();
          resolve();
        },
      };
    });
    const rendered = new Promise((resolve) => (chat.onComponentRender = resolve));
    document.body.append(chat);
    await rendered;
    chat.submitUserMessage({text: 'Tell me.'});
    await asked;
  },
  write: (text) => signals.onResponse({text}),
  end: () => signals.onClose(),
};
