// The notice as PortOne's V1 sample has it, an Express server: a login and a question by axios for each notice, and the
// order in DynamoDB by the document client.
const { DynamoDBClient } = require("@aws-sdk/client-dynamodb");
const { DynamoDBDocumentClient, GetCommand, UpdateCommand } = require("@aws-sdk/lib-dynamodb");
const axios = require("axios");
const express = require("express");

const { PAY_DYNAMODB_ENDPOINT, PAY_PORTONE_URL, PAY_PORTONE_KEY, PAY_PORTONE_SECRET, PAY_TABLE } =
  process.env;
const orders = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint: PAY_DYNAMODB_ENDPOINT }));
const app = express();
app.use(express.json());

app.post("/notice", async (request, response) => {
  try {
    const { imp_uid, merchant_uid } = request.body;
    const getToken = await axios({
      url: `${PAY_PORTONE_URL}/users/getToken`,
      method: "post",
      headers: { "Content-Type": "application/json" },
      data: { imp_key: PAY_PORTONE_KEY, imp_secret: PAY_PORTONE_SECRET },
    });
    const { access_token } = getToken.data.response;
    const getPayment = await axios({
      url: `${PAY_PORTONE_URL}/payments/${imp_uid}`,
      method: "get",
      headers: { Authorization: access_token },
    });
    const payment = getPayment.data.response;
    const Key = { pk: `order#${merchant_uid}` };
    const { Item: order } = await orders.send(
      new GetCommand({ TableName: PAY_TABLE, Key, ConsistentRead: true }),
    );
    const isRight = payment.amount === order.amount && payment.status === "paid";
    await orders.send(
      new UpdateCommand({
        TableName: PAY_TABLE,
        Key,
        UpdateExpression: "SET #state = :state, imp_uid = :imp_uid",
        ExpressionAttributeNames: { "#state": "state" },
        ExpressionAttributeValues: { ":state": isRight ? "paid" : "review", ":imp_uid": imp_uid },
      }),
    );
    response.send({ status: isRight ? "success" : "forgery" });
  } catch (error) {
    response.status(400).send(String(error));
  }
});

exports.url = new Promise((resolve) => {
  const server = app.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${server.address().port}`));
});
